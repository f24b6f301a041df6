// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer

@Suite("Searches over HTTP")
struct SearchTests {
  @Test("the guide's GET /search: a list with content and metadata, and id, distance, relevance")
  func get() async throws {
    try await Service.run { service async throws in
      let answer = try await service.get("/search?query=graph+of+neighbours&k=2")
      let hits = try #require(answer.json.arrayValue)
      #expect(hits.count == 2)
      let first = try #require(hits.first)
      #expect(first["id"] == "a" && first["content"] == .string(Service.samples[0].content))
      #expect(first["metadata"] == ["year": 2016, "lang": "en"])
      #expect(first["distance"]?.objectValue == nil && first["relevance"] != nil)
      let chinese = try await service.get("/search?query=%E5%A4%87%E4%BB%BD&k=1&hybrid=true").json
      #expect(chinese.arrayValue?.first?["id"] == "c/1 %?")
    }
  }

  @Test("POST /search answers as the library does, for texts, vectors and examples")
  func post() async throws {
    try await Service.run { service async throws in
      let expected = try await service.store.search("vectors of lists", k: 3)
      let answer = try await service.send("POST", "/search", #"{"query": "vectors of lists", "k": 3}"#)
      #expect(answer.ids == expected.map(\.id))
      let vector = try #require(try await service.store.records(ids: ["b"]).first?.vector)
      let numbers = vector.map(\.description).joined(separator: ",")
      let byVector = try await service.send(
        "POST", "/search", #"{"vector": [\#(numbers)], "k": 1, "include_vectors": true}"#)
      #expect(byVector.ids == ["b"])
      #expect(byVector.json["results"]?.arrayValue?.first?["embedding"]?.arrayValue?.count == 64)
      let like = try await service.send("POST", "/search", #"{"like": "a", "k": 5}"#)
      #expect(try #require(like.ids).contains("a") == false && like.ids?.count == 2)
      #expect(try await service.send("POST", "/search", #"{"like": "none"}"#).status == 404)
      #expect(try await service.send("POST", "/search", #"{"query": "x", "k": 0}"#).ids == [])
    }
  }

  @Test("filters of both forms, keywords, diversity, thresholds, explanations")
  func options() async throws {
    try await Service.run { service async throws in
      for (members, ids) in [
        (#""filter": {"year": {"$lt": 2010}}"#, ["b"]),
        (#""filter": {"type": "gte", "key": "year", "value": 2010}"#, ["a"]),
        (#""keywords": "IVFFlat", "k": 1, "hybrid": {"fusion": "weighted", "keyword_weight": 0.9}"#, ["b"]),
        (#""mmr": {"lambda": 1, "fetch_k": 3}, "k": 1"#, ["a"]),
        (#""min_relevance": 1"#, []), (#""max_distance": -1"#, []),
      ] as [(String, [String])] {
        let answer = try await service.send("POST", "/search", #"{"query": "graph of neighbours", \#(members)}"#)
        #expect(answer.ids == ids, "\(members): \(answer.text)")
      }
      let hybrid = try await service.send("POST", "/search", #"{"query": "graph", "hybrid": true, "explain": true}"#)
      #expect(hybrid.json["explanation"]?["times"] != nil)
      #expect(hybrid.json["results"]?.arrayValue?.first?["score"] != nil)
    }
  }

  @Test("matched words are told in UTF-16 units")
  func highlights() async throws {
    let documents = [Document(id: "x", content: "😀 tuned graphs 备份")]
    try await Service.run(documents: documents) { service async throws in
      let answer = try await service.send("POST", "/search", #"{"query": "tune the 备份", "highlight": true}"#)
      #expect(answer.json["results"]?.arrayValue?.first?["matches"] == [[3, 8], [16, 18]])
    }
  }

  @Test("what is wrong with a search is said with its place")
  func refused() async throws {
    try await Service.run { service async throws in
      for (body, status, code, path) in [
        ("{}", 422, "invalid_request", nil),
        (#"{"query": "a", "vector": [1]}"#, 422, "invalid_request", nil),
        (#"{"query": "  "}"#, 422, "invalid_request", "query"),
        (#"{"query": "a", "k": 1.5}"#, 422, "invalid_request", "k"),
        (#"{"query": "a", "k": 1001}"#, 422, "invalid_request", "k"),
        (#"{"query": "a", "k": "3"}"#, 422, "invalid_request", "k"),
        (#"{"query": "a", "filter": {"year": {"$gt": []}}}"#, 400, "invalid_filter", "filter.year.$gt"),
        (#"{"query": "a", "filter": 3}"#, 400, "invalid_filter", "filter"),
        (#"{"query": "a", "mmr": {"lambda": 2}}"#, 422, "invalid_request", "mmr.lambda"),
        (#"{"query": "a", "hybrid": {"fusion": "sum"}}"#, 422, "invalid_request", "hybrid.fusion"),
        (#"{"query": "a", "min_relevance": 1.5}"#, 422, "invalid_request", "min_relevance"),
        (#"{"vector": [1, 2]}"#, 422, "dimension_mismatch", nil),
        (#"{"vector": [1e99]}"#, 422, "invalid_request", "vector[0]"),
        (#"{"like": "a", "hybrid": true}"#, 422, "invalid_request", "keywords"),
        (#"{"query": "a", "nope": 1}"#, 422, "invalid_request", "nope"),
      ] as [(String, Int, String, String?)] {
        let answer = try await service.send("POST", "/search", body)
        #expect(answer.status == status && answer.code == code && answer.path == path, "\(body): \(answer.text)")
      }
      #expect(try await service.get("/search").code == "invalid_request")
      #expect(try await service.get("/search?query=a&k=x").path == "k")
      #expect(try await service.get("/search?query=a&filter=%7B%22$xor%22:1%7D").code == "invalid_filter")
    }
  }

  @Test("a batch is answered in order, and a bad search is named")
  func batch() async throws {
    try await Service.run { service async throws in
      let answer = try await service.send(
        "POST", "/search/batch",
        #"{"searches": [{"query": "graph", "k": 1}, {"like": "a", "k": 1}, {"query": "lists", "k": 1}]}"#)
      let responses = try #require(answer.json["responses"]?.arrayValue)
      #expect(responses.map { $0["results"]?.arrayValue?.first?["id"]?.stringValue }.count == 3)
      #expect(responses[2]["results"]?.arrayValue?.first?["id"] == "b")
      let refused = try await service.send(
        "POST", "/search/batch", #"{"searches": [{"query": "a"}, {"query": "b", "k": -1}]}"#)
      #expect(refused.path == "searches[1].k")
    }
  }

  @Test("without an embedder texts are refused and vectors answered")
  func noEmbedder() async throws {
    try await Service.run(embedder: nil) { service async throws in
      #expect(
        try await service.send("POST", "/documents", #"[{"id": "v", "content": "c", "embedding": [1, 0]}]"#).status
          == 200)
      #expect(try await service.send("POST", "/search", #"{"vector": [1, 0]}"#).ids == ["v"])
      #expect(try await service.send("POST", "/search", #"{"query": "a"}"#).code == "no_embedder")
      #expect(try await service.send("POST", "/documents", #"[{"content": "c"}]"#).code == "no_embedder")
      #expect(try await service.send("POST", "/search", #"{"vector": [0, 0]}"#).code == "zero_norm_query")
      #expect(try await service.get("/readyz").json["embedder"] == "none")
    }
  }
}
