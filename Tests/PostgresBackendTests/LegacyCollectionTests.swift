// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import PostgresBackend
import Testing
import VectorStoreCore

/// Collections of LangChain's older `PGVector`.
@Suite struct LegacyCollectionTests {
  @Test func documentsComeOverWithTheirVectors() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        "CREATE TABLE \(try schema.name).langchain_pg_collection (uuid uuid PRIMARY KEY, name varchar UNIQUE NOT NULL, cmetadata json)",
        """
        CREATE TABLE \(try schema.name).langchain_pg_embedding (id varchar PRIMARY KEY, collection_id uuid REFERENCES
        \(try schema.name).langchain_pg_collection (uuid), embedding vector, document varchar, cmetadata jsonb)
        """,
        """
        INSERT INTO \(try schema.name).langchain_pg_collection VALUES ('00000000-0000-0000-0000-000000000001', 'notes', NULL),
        ('00000000-0000-0000-0000-000000000002', 'empty', NULL)
        """,
        """
        INSERT INTO \(try schema.name).langchain_pg_embedding SELECT 'id ' || n, '00000000-0000-0000-0000-000000000001',
        ('[' || n || ',1]')::vector, 'text ' || n, CASE WHEN n % 2 = 0 THEN jsonb_build_object('n', n) END
        FROM generate_series(1, 250) n
        """)
      let old = LegacyCollections(engine: schema.engine, schema: schema.plainName)
      let names = try await old.names()
      #expect(names.map(\.name) == ["empty", "notes"] && names.map(\.count) == [0, 250])
      let homes: [any VectorStoreBackend] = [
        try await schema.open("new"), try await LocalBackend.open(StoreURL("memory:"), options: OpenOptions()),
      ]
      for home in homes {
        let store = VectorStore(backend: home)
        for _ in 0..<2 { #expect(try await old.copy("notes", to: store, batchSize: 60) == 250) }
        #expect(try await store.count() == 250)
        #expect(try await store.get(ids: ["id 4"]) == [Document(id: "id 4", content: "text 4", metadata: ["n": 4])])
        #expect(try await store.get(ids: ["id 5"]).first?.metadata == [:])
        #expect(try await store.search(vector: [1, 1], k: 1).map(\.id) == ["id 1"])
        #expect(try await old.copy("empty", to: store) == 0)
        let missing = await #expect(throws: VectorStoreError.self) { try await old.copy("Notes", to: store) }
        #expect(missing?.code == .notFound && missing?.message.contains("'notes'") == true)
      }
      let none = LegacyCollections(engine: schema.engine, schema: "nowhere")
      let error = await #expect(throws: VectorStoreError.self) { try await none.names() }
      #expect(error?.code == .notFound)
    }
  }
}
