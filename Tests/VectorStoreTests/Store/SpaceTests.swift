// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct SpaceTests {
  @Test func theRecordedSpaceIsAskedForOnce() async throws {
    let fixture = try await StoreFixture.line(5)
    for _ in 0..<5 { _ = try await fixture.store.search(vector: [0, 0]) }
    #expect(fixture.backend.count(of: .recordedSpace) == 1 && fixture.backend.count(of: .candidates) == 5)
  }

  @Test func anotherSpaceIsRefusedThoughTheStoreWasEmpty() async throws {
    let backend = ReferenceBackend()
    let first = VectorStore(backend: backend, embedder: DeterministicEmbedder(dimension: 4), embedderName: "name")
    let second = VectorStore(backend: backend, embedder: DeterministicEmbedder(dimension: 5))
    #expect(try await first.space()?.dimension == 4)
    #expect(try await second.space()?.dimension == 5)
    #expect(try await first.search("nothing yet").isEmpty)
    try await first.add(texts: ["a"])
    #expect(try await backend.recordedSpace()?.embedderName == "name")
    for body in [
      { _ = try await second.search("a") }, { try await second.add(texts: ["a"]) }, { _ = try await second.space() },
      { _ = try await second.search(batch: [SearchRequest(.text("a"))]) },
    ] as [() async throws -> Void] {
      #expect(await VectorStoreError.thrown(by: body)?.code == .embeddingSpaceMismatch)
    }
  }

  @Test func aGivenSpaceIsRecorded() async throws {
    let space = EmbeddingSpace(model: "", dimension: 2, metric: .l2)
    let store = VectorStore(backend: ReferenceBackend(), space: space)
    try await store.add([Document(id: "a", content: "")], embeddings: [[3, 4]])
    #expect(try await store.space() == space)
    #expect(try await store.search(vector: [0, 0]).first?.distance == 5)
  }

  @Test func opening() async throws {
    let embedder = DeterministicEmbedder(dimension: 4)
    let store = try await VectorStore.open("reference:x", backends: [ReferenceBackend.self], embedder: embedder)
    #expect(try await store.space() == embedder.space)
    let error = await VectorStoreError.thrown {
      _ = try await VectorStore.open("other:x", backends: [ReferenceBackend.self])
    }
    #expect(error?.code == .unsupported && error?.message.contains("reference:") == true)
  }
}
