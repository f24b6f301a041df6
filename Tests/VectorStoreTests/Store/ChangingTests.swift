// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct ChangingTests {
  @Test func metadataChangesWithoutEmbedding() async throws {
    let fixture = StoreFixture()
    try await fixture.store.add([
      Document(id: "a", content: "text", metadata: ["x": 1, "y": 2]), Document(id: "b", content: "b"),
    ])
    let vector = try await fixture.store.records(ids: ["a"])[0].vector
    try await fixture.store.updateMetadata(id: "a", ["y": .null, "z": 3])
    #expect(try await fixture.store.get(id: "a")?.metadata == ["x": 1, "z": 3])
    try await fixture.store.updateMetadata([.init(id: "a", metadata: ["only": 1], merges: false)])
    let record = try await fixture.store.records(ids: ["a"])[0]
    #expect(record.metadata == ["only": 1] && record.vector == vector && record.content == "text")
    try await fixture.store.updateMetadata([])
  }

  @Test func changesOfMissingDocumentsChangeNothing() async throws {
    let store = StoreFixture().store
    try await store.add([Document(id: "a", content: "a")])
    #expect(await VectorStoreError.thrown { try await store.updateMetadata(id: "no", [:]) }?.code == .notFound)
    let error = await VectorStoreError.thrown {
      try await store.updateMetadata(["a", "no", "neither"].map { .init(id: $0, metadata: ["x": 1], merges: true) })
    }
    #expect(error?.code == .notFound && error?.message.contains("'no' and 1 more") == true)
    #expect(try await store.get(id: "a")?.metadata == [:])
  }

  @Test func deletingCounts() async throws {
    let store = try await StoreFixture.line(10).store
    #expect(try await store.delete(ids: []) == 0)
    #expect(try await store.delete(ids: ["1", "none", "2"]) == 2)
    #expect(try await store.delete(filter: Field("n") > 7) == 2)
    #expect(try await store.count() == 6)
    #expect(try await store.count(filter: Field("n") < 3) == 1)
    #expect(try await store.delete(filter: .all) == 6)
  }

  @Test func indexesAndMaintenancePassThrough() async throws {
    let fixture = try await StoreFixture.line(3)
    let store = fixture.store
    try await store.createIndex(IndexSpecification(m: 8))
    #expect(try await store.indexStatus().specification.m == 8)
    try await store.rebuildIndex()
    try await store.dropIndex()
    #expect(try await store.indexStatus().state == .none)
    #expect(try await store.statistics().count == 3)
    #expect(try await store.verify().isClean)
    #expect(try await store.compact().bytesAfter == 0)
    try await store.backup(to: "passes through")
    try await store.close()
    for call in [
      BackendCall.createIndex, .rebuildIndex, .dropIndex, .indexStatus, .statistics, .verify, .compact, .backup, .close,
    ] { #expect(fixture.backend.count(of: call) >= 1) }
    #expect(await VectorStoreError.thrown { _ = try await store.count() } != nil)
  }
}
