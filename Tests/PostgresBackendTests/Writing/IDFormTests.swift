// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Ids that the store makes, in tables whose ids are no texts.
struct IDFormTests {
  private static let files = [
    SourceDocuments(source: "a.txt", documents: [Document(content: "one"), Document(content: "two")]),
    SourceDocuments(source: "b.txt", documents: [Document(content: "three")]),
  ]

  @Test(arguments: [PostgresTable.IDType.uuid, .bigint])
  func filesAreKeptInSync(_ type: PostgresTable.IDType) async throws {
    try await TestSchema.with { schema in
      let store = VectorStore(
        backend: try await schema.open("t", table: PostgresTable(idType: type), dimension: 8),
        embedder: DeterministicEmbedder(dimension: 8))
      let first = try await store.sync(Self.files)
      #expect(first.added == 3 && first.failures.isEmpty)
      let again = try await store.sync(Self.files)
      #expect(again.skipped == 3 && again.added == 0)
      var changed = Self.files
      changed[0].documents[1] = Document(content: "two, edited")
      changed[1].documents = []
      let report = try await store.sync(changed)
      #expect(report.updated == 1 && report.deleted == 1 && report.skipped == 1)
      #expect(try await store.count() == 2)
    }
  }

  @Test(arguments: [PostgresTable.IDType.uuid, .bigint])
  func documentsWithoutAnIDGetOneThatFits(_ type: PostgresTable.IDType) async throws {
    try await TestSchema.with { schema in
      let store = VectorStore(
        backend: try await schema.open("t", table: PostgresTable(idType: type), dimension: 8),
        embedder: DeterministicEmbedder(dimension: 8))
      let ids = try await store.add([Document(content: "x"), Document(content: "y")])
      #expect(try await store.get(ids: ids).map(\.content) == ["x", "y"])
    }
  }

  @Test func anIDOfAnotherFormIsNamed() async throws {
    try await TestSchema.with { schema in
      let store = VectorStore(
        backend: try await schema.open("t", table: PostgresTable(idType: .uuid), dimension: 8),
        embedder: DeterministicEmbedder(dimension: 8))
      let error = await #expect(throws: VectorStoreError.self) {
        try await store.add([Document(id: "my own", content: "x")])
      }
      #expect(error?.message.contains("'my own' is no uuid") == true)
    }
  }
}
