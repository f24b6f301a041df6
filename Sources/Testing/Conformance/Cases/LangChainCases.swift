// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What `langchain-tests` asks of every vector store, through ``VectorStore``.
enum LangChainCases {
  static let all = [
    ConformanceCase("LangChain: an empty store finds nothing") { session in
      try expectEqual(try await open(session).search("foo", k: 1).count, 0, "hits")
    },
    ConformanceCase("LangChain: documents are added in order, with ids, and are not changed") { session in
      let store = try await open(session)
      let documents = [
        Document(content: "foo", metadata: ["id": 1]), Document(content: "bar", metadata: ["id": 2]),
      ]
      let ids = try await store.add(documents)
      try expectEqual(Set(ids).count, 2, "different ids")
      let hits = try await store.search("bar", k: 2)
      try expectEqual(hits.map { $0.document.content }, ["bar", "foo"], "the contents")
      try expectEqual(hits.map { $0.document.metadata }, [["id": 2], ["id": 1]], "the metadata")
      try expectEqual(hits.map { $0.id }, [ids[1], ids[0]], "the ids")
      try expectEqual(hits.map { $0.document.id ?? "" }, [ids[1], ids[0]], "the documents' ids")
    },
    ConformanceCase("LangChain: deleting, one and several, and what is not there") { session in
      let store = try await open(session)
      try await store.add(documents(["1", "2", "3"]))
      try expectEqual(try await store.delete(ids: ["1"]), 1, "deleted")
      try expectEqual(try await store.delete(ids: ["1000"]), 0, "deleted")
      try expectEqual(try await store.search("text 1", k: 5).map { $0.id }.sorted(), ["2", "3"], "what is left")
      try expectEqual(try await store.delete(ids: ["2", "3"]), 2, "deleted")
      try expectEqual(try await store.search("text 1", k: 5).count, 0, "hits")
    },
    ConformanceCase("LangChain: adding the same twice is adding it once") { session in
      let store = try await open(session)
      let documents = Self.documents(["1", "2"])
      for _ in 0..<2 {
        try expectEqual(try await store.add(documents), ["1", "2"], "the ids")
        try expectEqual(try await store.search("text 1", k: 5).map { $0.document }, documents, "the documents")
      }
    },
    ConformanceCase("LangChain: adding under an id that is there replaces") { session in
      let store = try await open(session)
      try await store.add([Document(id: "1", content: "foo", metadata: ["n": 1]), Document(id: "2", content: "bar")])
      let new = Document(id: "1", content: "new foo", metadata: ["some": "metadata"])
      try await store.add([new])
      try expectEqual(try await store.get(ids: ["1"]), [new], "the document")
      let hits = try await store.search("new foo", k: 5)
      try expectEqual(hits.map { $0.id }, ["1", "2"], "the hits")
    },
    ConformanceCase("LangChain: documents by ids, in any order, and of ids that are not there") { session in
      let store = try await open(session)
      let documents = Self.documents(["1", "2"])
      try await store.add(documents)
      try expectEqual(try await store.get(ids: ["2", "1"]), documents.reversed(), "the documents")
      try expectEqual(try await store.get(ids: ["3", "4"]), [], "the documents of ids that are not there")
    },
    ConformanceCase("LangChain: ids are generated only where there are none") { session in
      let store = try await open(session)
      let ids = try await store.add([Document(id: "own", content: "a"), Document(content: "b")])
      try expectEqual(ids[0], "own", "the id that was given")
      try expectEqual(ids[1].utf8.count, 36, "the length of a generated id")
      try expectEqual(try await store.get(ids: ids).map { $0.content }, ["a", "b"], "the contents")
    },
  ]

  private static func documents(_ ids: [String]) -> [Document] {
    ids.map { Document(id: $0, content: "text \($0)", metadata: ["n": 1]) }
  }

  private static func open(_ session: ConformanceSession) async throws -> VectorStore {
    let embedder = DeterministicEmbedder(dimension: Sample.dimension)
    return VectorStore(backend: try await session.open(OpenOptions(space: embedder.space)), embedder: embedder)
  }
}
