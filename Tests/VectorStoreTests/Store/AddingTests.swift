// SPDX-License-Identifier: Apache-2.0

import HNSW
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct AddingTests {
  @Test func documentsGetIDsAndVectors() async throws {
    let fixture = StoreFixture()
    let ids = try await fixture.store.add([
      Document(id: "own", content: "a", metadata: ["n": 1]), Document(content: "b"), Document(content: "b"),
    ])
    #expect(ids[0] == "own" && Set(ids).count == 3)
    for id in ids[1...] {
      #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(id)")
    }
    let records = try await fixture.store.records(ids: ids)
    #expect(records.map(\.vector) == ["a", "b", "b"].map { DeterministicEmbedder(dimension: 4).vector(of: $0) })
    #expect(records[0].metadata == ["n": 1])
    #expect(fixture.backend.count(of: .write) == 1)
  }

  @Test func textsAndLists() async throws {
    let store = StoreFixture().store
    #expect(try await store.add([]).isEmpty)
    #expect(try await store.add(texts: []).isEmpty)
    #expect(try await store.add([], embeddings: []).isEmpty)
    #expect(try await store.add(texts: ["a", "b"], metadata: [["n": 1], [:]], ids: ["x", "y"]) == ["x", "y"])
    #expect(try await store.get(id: "x") == Document(id: "x", content: "a", metadata: ["n": 1]))
    for wrong in [(["a"], nil), (nil, [[:], [:]])] as [([String]?, [JSONObject]?)] {
      let error = await VectorStoreError.thrown {
        try await store.add(texts: ["a", "b", "c"], metadata: wrong.1, ids: wrong.0)
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test func badRowsAreRefusedWithTheirPlace() async throws {
    let fixture = StoreFixture()
    let deep = (0..<300).reduce(JSONValue.null) { value, _ in [value] }
    let bad: [Document] = [
      Document(id: "", content: "a"), Document(id: "a\0", content: "a"), Document(content: "a\0b"),
      Document(content: "a", metadata: ["k\0": 1]), Document(content: "a", metadata: ["k": ["x": ["\0"]]]),
      Document(content: "a", metadata: ["k": .double(.nan)]), Document(content: "a", metadata: ["k": deep]),
    ]
    for document in bad {
      let error = await VectorStoreError.thrown {
        try await fixture.store.add([Document(content: "good"), document])
      }
      #expect(error?.code == .invalidRow && error?.context[.row] == "1", "\(String(describing: error))")
    }
    let error = await VectorStoreError.thrown { try await fixture.store.add([bad[4]]) }
    #expect(error?.context[.path] == "k.x[0]")
    #expect(try await fixture.store.count() == 0)
    #expect(fixture.backend.count(of: .write) == 0)
  }

  @Test func vectorsAreCheckedAndDecideTheSpace() async throws {
    let fixture = StoreFixture(embedder: nil)
    let documents = [Document(id: "a", content: "a"), Document(id: "b", content: "b")]
    #expect(try await fixture.store.space() == nil)
    for (vectors, code) in [
      ([[1, 2, 3]], .invalidArgument), ([[1, 2, 3], [1, 2]], .dimensionMismatch), ([[], []], .dimensionMismatch),
      ([[1, 2, 3], [1, .nan, 3]], .invalidRow),
    ] as [([[Float]], VectorStoreError.Code)] {
      let error = await VectorStoreError.thrown { try await fixture.store.add(documents, embeddings: vectors) }
      #expect(error?.code == code)
    }
    #expect(try await fixture.store.space() == nil, "a refused write records no space")
    try await fixture.store.add(documents, embeddings: [[1, 2, 3], [3, 2, 1]])
    #expect(try await fixture.store.space() == EmbeddingSpace(model: "", dimension: 3, metric: .cosine))
    let error = await VectorStoreError.thrown {
      try await fixture.store.add(documents, embeddings: [[1, 2], [2, 1]])
    }
    #expect(error?.code == .dimensionMismatch && error?.context[.row] == "0" && error?.context[.id] == "a")
    #expect(await VectorStoreError.thrown { try await fixture.store.add(documents) }?.code == .embedderMissing)
  }

  @Test func failuresLeaveTheStoreAsItWas() async throws {
    let fixture = StoreFixture()
    fixture.backend.inject(.fails(), at: .write)
    #expect(await VectorStoreError.thrown { try await fixture.store.add(texts: ["a"]) }?.code == .unavailable)
    let short = StoreFixture(embedder: WrongEmbedder())
    let error = await VectorStoreError.thrown { try await short.store.add(texts: (0..<300).map { "text \($0)" }) }
    #expect(error?.code == .dimensionMismatch && error?.context[.row] == "299", "\(String(describing: error))")
    #expect(try await fixture.store.count() == 0)
    #expect(try await short.store.count() == 0)
  }

  @Test func embeddingIsInBatchesWithProgressAndEndsWhenCancelled() async throws {
    let fixture = StoreFixture()
    let heard = Mutex<[StoreProgress]>([])
    try await fixture.store.add(texts: (0..<600).map { "text \($0)" }) { progress in
      heard.withLock { $0.append(progress) }
    }
    let embedding = heard.withLock { $0 }.filter { $0.phase == .embedding }
    #expect(embedding.map(\.done) == [256, 512, 600] && embedding.allSatisfy { $0.total == 600 })
    #expect(heard.withLock { $0 }.last?.phase == .writing)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await fixture.store.add(texts: ["late"])
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await fixture.store.count() == 600)
  }

  @Test func batchesAreChecked() async throws {
    let store = StoreFixture().store
    #expect(try await store.write(WriteBatch()) == WriteResult())
    for change in [
      { $0.upserts = [Record(id: "a", content: "", vector: [1])] }, { $0.upserts = [Record(id: "", content: "")] },
      { $0.metadataChanges = [.init(id: "a", metadata: ["a": "\0"], merges: true)] },
      { $0.ledger = [LedgerEntry(source: "\0", id: "a", hash: "", textHash: "")] },
    ] as [(inout WriteBatch) -> Void] {
      var batch = WriteBatch()
      change(&batch)
      let error = await VectorStoreError.thrown { try await store.write(batch) }
      #expect(error?.context[.row] == "0")
    }
  }
}

/// The last of its vectors is too short.
private struct WrongEmbedder: Embedder {
  let space = EmbeddingSpace(model: "wrong", dimension: 4)

  func embed(passages texts: [String]) async throws -> [[Float]] {
    texts.map { $0.hasSuffix(" 299") ? [1] : [1, 2, 3, 4] }
  }

  func embed(queries texts: [String]) async throws -> [[Float]] { [] }
}
