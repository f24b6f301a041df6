// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Testing
import VectorStoreCore

/// Tables that other programs made.
@Suite struct AdoptedTableTests {
  @Test func aTableOfLangChainsWorksAsItIs() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        """
        CREATE TABLE \(try schema.name)."Docs" ("langchain_id" UUID PRIMARY KEY, "content" TEXT NOT NULL,
        "embedding" vector(3) NOT NULL, "langchain_metadata" JSON)
        """,
        """
        INSERT INTO \(try schema.name)."Docs" VALUES ('6F9619FF-8B86-D011-B42D-00CF4FC964FF', 'one', '[1,0,0]', '{"a": 1.0}'),
        ('00000000-0000-0000-0000-000000000001', 'two', '[0,1,0]', NULL), ('00000000-0000-0000-0000-000000000002', 'three',
        '[0,0,1]', '[1]'), ('00000000-0000-0000-0000-000000000003', 'four', '[0,1,1]', '{"a": "\\u0000"}')
        """)
      let backend = try await schema.open("Docs", access: .existing)
      #expect(try await backend.recordedSpace()?.space == EmbeddingSpace(model: "", dimension: 3, metric: .cosine))
      #expect(try await backend.count(filter: nil) == 4)
      #expect(try await backend.count(filter: Field("a") == 1) == 1)
      let page = try await backend.scroll(filter: nil, after: nil, limit: 10, includingVectors: true)
      #expect(page.records.map(\.content) == ["two", "three", "four", "one"])
      #expect(page.records[3].id == "6f9619ff-8b86-d011-b42d-00cf4fc964ff")
      #expect(page.records[3].metadata == ["a": 1.0] && page.records[3].vector == [1, 0, 0])
      #expect(page.records[1].metadata == ["langchain_metadata": [1]])
      let found = try await backend.candidates(CandidateRequest(nearest: .init(vector: [0, 1, 0], count: 2)))
      #expect(found.nearest.map(\.record.content) == ["two", "four"])
      let words = try await backend.candidates(CandidateRequest(keywords: .init(text: "three", count: 5)))
      #expect(words.keywords.map(\.record.content) == ["three"])
      // Ids are given in any case, and come back in lower case.
      let got = try await backend.get(
        ids: ["6F9619FF-8b86-D011-B42D-00CF4FC964FF", "no uuid", "00000000-0000-0000-0000-00000000000f"],
        includingVectors: false)
      #expect(got.map(\.content) == ["one"])
      var batch = WriteBatch()
      batch.upserts = [Record(id: "no uuid", content: "x", vector: [1, 1, 1])]
      let wrong = batch
      await #expect(throws: VectorStoreError.self) { try await backend.write(wrong, progress: nil) }
      batch.upserts = [
        Record(id: "00000000-0000-0000-0000-00000000000F", content: "five", metadata: ["k": "v"], vector: [1, 1, 1])
      ]
      #expect(try await backend.write(batch, progress: nil) == WriteResult(added: 1))
      // The table stays alone: nothing is remembered beside it before there is something to remember.
      #expect(try await schema.tables() == ["Docs"])
    }
  }

  @Test func columnsAreMappedByName() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        """
        CREATE TABLE \(try schema.name)."order" ("product id" bigint PRIMARY KEY, "Description" varchar(200) NOT NULL,
        "em""bed" vector(2), "select" text, year integer, price double precision, tags text[], day date,
        seen timestamptz, flag boolean, "mETA" jsonb, stamp timestamp NOT NULL DEFAULT now())
        """)
      let table = PostgresTable(
        idColumn: "product id", idType: .bigint, contentColumn: "Description", embeddingColumn: "em\"bed",
        metadataColumns: ["select", "year", "price", "tags", "day", "seen", "flag"].map { .init($0) },
        metadataJSONColumn: "mETA")
      let backend = try await schema.open("order", table: table, access: .existing, dimension: 2)
      let metadata: JSONObject = [
        "select": "'; DROP TABLE \"order\"; --", "year": 2020, "price": 1.5, "tags": ["a", "b\"\\,{}", .null],
        "day": "2024-02-29", "seen": "2024-02-29T12:00:00Z", "flag": true, "other": ["x": 1.0],
      ]
      var batch = WriteBatch()
      batch.upserts = [
        Record(id: "7", content: "seven", metadata: metadata, vector: [1, 0]),
        Record(id: "10", content: "ten", metadata: [:], vector: [0, 1]),
      ]
      #expect(try await backend.write(batch, progress: nil).added == 2)
      let read = try await backend.get(ids: ["10", "7", "x"], includingVectors: true)
      #expect(read.map(\.id) == ["10", "7"] && read[0].metadata == [:])
      var expected = metadata
      expected["seen"] = "2024-02-29T12:00:00+00:00"
      #expect(read[1].metadata == expected)
      // In the order of the ids' bytes.
      let page = try await backend.scroll(filter: nil, after: nil, limit: 1, includingVectors: false)
      #expect(page.records.map(\.id) == ["10"] && page.cursor == "10")
      let rest = try await backend.scroll(filter: nil, after: "10", limit: 1, includingVectors: false)
      #expect(rest.records.map(\.id) == ["7"] && rest.cursor == nil)
      for (filter, count) in [
        (#"{"year": 2020}"#, 1), (#"{"year": {"$gt": 2020}}"#, 0), (#"{"year": "2020"}"#, 0),
        (#"{"select": {"$like": "%DROP%"}}"#, 1),
        (#"{"tags": {"$contains": "a"}}"#, 1), (#"{"day": {"$lt": {"$date": "2024-03-01"}}}"#, 1),
        (#"{"flag": true}"#, 1),
        (#"{"seen": {"$gte": {"$date": "2024-02-29T13:00:00+01:00"}}}"#, 1), (#"{"other.x": 1}"#, 1),
        (#"{"price": {"$gte": 1.5}}"#, 1),
        (#"{"year": {"$exists": false}}"#, 1),
      ] {
        #expect(try await backend.count(filter: Filter(parsing: filter)) == count, "\(filter)")
      }
      for wrong: JSONObject in [
        ["year": "x"], ["year": 2.5], ["year": 3_000_000_000], ["flag": 1], ["day": "soon"], ["select": 5],
        ["tags": "a"],
      ] {
        batch.upserts = [
          Record(id: "8", content: "eight", metadata: [:], vector: [1, 1]),
          Record(id: "9", content: "nine", metadata: wrong, vector: [1, 1]),
        ]
        let refused = batch
        let error = await #expect(throws: VectorStoreError.self) { try await backend.write(refused, progress: nil) }
        #expect(error?.code == .invalidRow && error?.context[.row] == "1", "\(wrong): \(String(describing: error))")
      }
      #expect(try await backend.count(filter: nil) == 2)
    }
  }

  @Test func errorsSayWhatIsMissing() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        "CREATE TABLE \(try schema.name).a (id uuid PRIMARY KEY, content text, embedding vector(2), langchain_metadata jsonb)",
        "CREATE TABLE \(try schema.name).b (langchain_id uuid PRIMARY KEY, content integer, embedding vector(2))",
        "CREATE TABLE \(try schema.name).c (langchain_id uuid PRIMARY KEY, content text, embedding real[])",
        "CREATE TABLE \(try schema.name).d (langchain_id uuid, content text, embedding vector(2))",
        "CREATE TABLE \(try schema.name).e (langchain_id uuid PRIMARY KEY, content text, embedding vector(2), langchain_metadata text)",
        "CREATE VIEW \(try schema.name).f AS SELECT 1 AS langchain_id")
      for (name, words) in [
        ("a", "--id-column"), ("b", "\"content\""), ("c", "vector"), ("d", "primary key"), ("e", "jsonb"),
        ("f", "no table"),
      ] {
        let error = await #expect(throws: VectorStoreError.self) { try await schema.open(name, access: .existing) }
        #expect(
          error?.code == .schemaMismatch && error?.message.contains(words) == true,
          "\(name): \(String(describing: error))")
      }
      let missing = await #expect(throws: VectorStoreError.self) { try await schema.open("g", access: .existing) }
      #expect(missing?.code == .notFound && missing?.message.contains("\(schema.plainName).a") == true)
      let mismatch = await #expect(throws: VectorStoreError.self) {
        try await schema.open("a", table: PostgresTable(idColumn: "id"), access: .existing, dimension: 3)
      }
      #expect(mismatch?.code == .embeddingSpaceMismatch)
      let fits = try await schema.open("a", table: PostgresTable(idColumn: "id"), access: .existing, dimension: 2)
      #expect(try await fits.count(filter: nil) == 0)
    }
  }

  @Test func severalModelsShareATable() async throws {
    try await TestSchema.with { schema in
      // As the guide has it.
      try await schema.run(
        """
        CREATE TABLE \(try schema.name).vectors (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), content TEXT NOT NULL,
        embedding vector, embedding_dimension INTEGER GENERATED ALWAYS AS (vector_dims(embedding)) STORED, metadata JSONB,
        created_at TIMESTAMP DEFAULT NOW())
        """)
      let table = PostgresTable(idColumn: "id", metadataJSONColumn: "metadata")
      let small = try await schema.open("vectors", table: table, access: .existing, dimension: 2)
      let large = try await schema.open("vectors", table: table, access: .existing, dimension: 3)
      func id(_ number: Int) -> String { "00000000-0000-0000-0000-00000000000\(number)" }
      var batch = WriteBatch()
      batch.upserts = [
        Record(id: id(1), content: "a", vector: [1, 0]), Record(id: id(2), content: "b", vector: [0, 1]),
      ]
      _ = try await small.write(batch, progress: nil)
      batch.upserts = [Record(id: id(3), content: "c", vector: [1, 0, 0])]
      _ = try await large.write(batch, progress: nil)
      #expect(try await small.count(filter: nil) == 2)
      #expect(try await large.count(filter: nil) == 1)
      for isIndexed in [false, true] {
        if isIndexed {
          try await small.createIndex(IndexSpecification(), progress: nil)
          try await large.createIndex(IndexSpecification(), progress: nil)
          #expect(try await small.indexStatus().state == .ready)
        }
        let found = try await small.candidates(CandidateRequest(nearest: .init(vector: [0, 1], count: 5)))
        #expect(found.nearest.map(\.record.content) == ["b", "a"])
        let one = try await large.candidates(CandidateRequest(nearest: .init(vector: [0, 1, 1], count: 5)))
        #expect(one.nearest.map(\.record.content) == ["c"])
      }
      batch = WriteBatch()
      batch.deletedFilter = .all
      #expect(try await small.write(batch, progress: nil).deleted == 2)
      #expect(try await large.count(filter: nil) == 1)
    }
  }
}
