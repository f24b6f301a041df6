// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Testing
import VectorStoreCore

/// What other programs' tables have that ours do not.
@Suite struct ForeignTableTests {
  private static func batch(_ records: [Record]) -> WriteBatch {
    var batch = WriteBatch()
    batch.upserts = records
    return batch
  }

  private static func record(_ id: String, _ metadata: JSONObject = [:], _ content: String = "text") -> Record {
    Record(id: id, content: content, metadata: metadata, vector: [1, 2])
  }

  @Test func columnsThatTheServerFills() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        """
        CREATE TABLE \(try schema.name).t (langchain_id text PRIMARY KEY, content text NOT NULL, embedding vector(2) NOT NULL,
        lang text NOT NULL DEFAULT 'en', code char(5), flags bit(4), length integer GENERATED ALWAYS AS (length(content)) STORED,
        number bigint GENERATED ALWAYS AS IDENTITY, langchain_metadata jsonb)
        """)
      let table = PostgresTable(metadataColumns: ["lang", "code", "flags", "length", "number"].map { .init($0) })
      let backend = try await schema.open("t", table: table, access: .existing, dimension: 2)
      _ = try await backend.write(
        Self.batch([
          Self.record("a", ["code": "abcde", "flags": "1010"]), Self.record("b", ["lang": "zh", "length": 99]),
        ]),
        progress: nil)
      let read = try await backend.get(ids: ["a", "b"], includingVectors: false).map(\.metadata)
      #expect(
        read == [
          ["lang": "en", "code": "abcde", "flags": "1010", "length": 4, "number": 1],
          ["lang": "zh", "length": 4, "number": 2],
        ])
      var change = WriteBatch()
      change.metadataChanges = [.init(id: "a", metadata: ["lang": .null, "x": 1], merges: true)]
      _ = try await backend.write(change, progress: nil)
      let changed = try await backend.get(ids: ["a"], includingVectors: false)[0].metadata
      #expect(changed["lang"] == "en" && changed["x"] == 1 && changed["code"] == "abcde")
      // All other columns, but one.
      let all = try await schema.open(
        "t", table: PostgresTable(ignoredColumns: ["flags"]), access: .existing, dimension: 2)
      #expect(try await all.count(filter: Field("length") == 4) == 2)
    }
  }

  @Test func aTableWithoutMetadata() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        "CREATE TABLE \(try schema.name).t (langchain_id text PRIMARY KEY, content text NOT NULL, embedding vector(2))")
      let backend = try await schema.open("t", access: .existing, dimension: 2)
      _ = try await backend.write(Self.batch([Self.record("a")]), progress: nil)
      var change = WriteBatch()
      change.metadataChanges = [.init(id: "a", metadata: [:], merges: true)]
      #expect(try await backend.write(change, progress: nil).updated == 1)
      let error = await #expect(throws: VectorStoreError.self) {
        try await backend.write(Self.batch([Self.record("b", ["x": 1])]), progress: nil)
      }
      #expect(error?.code == .invalidRow)
    }
  }

  @Test func aTableOfAnotherMetricIsSearchedByIt() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        "CREATE TABLE \(try schema.name).t (langchain_id text PRIMARY KEY, content text NOT NULL, embedding vector(2))",
        "INSERT INTO \(try schema.name).t VALUES ('near', '', '[1,1]'), ('far', '', '[100,90]')",
        "CREATE INDEX l2 ON \(try schema.name).t USING hnsw (embedding vector_l2_ops)")
      let backend = try await schema.open("t", access: .existing)
      #expect(try await backend.recordedSpace()?.space.metric == .l2)
      #expect(try await backend.indexStatus().state == .ready)
      let found = try await backend.candidates(CandidateRequest(nearest: .init(vector: [1.2, 1.08], count: 2)))
      #expect(found.nearest.map(\.record.id) == ["near", "far"])
    }
  }

  /// An index that the planner takes by itself gives too few: the exact search makes up for it.
  @Test func kMeansKWithIndexesOfSomeRows() async throws {
    try await TestSchema.with { schema in
      let table = PostgresTable(metadataColumns: [.init("kind")])
      let backend = try await schema.open("t", table: table, dimension: 2)
      let records = (0..<4_000).map { (number: Int) -> Record in
        let kind: JSONValue = number % 2 == 0 ? "a" : "b"
        let vector: [Float] = [Float(number % 63 + 1), Float(number % 101 + 1)]
        return Record(id: String(number), content: "", metadata: ["kind": kind], vector: vector)
      }
      _ = try await backend.write(Self.batch(records), progress: nil)
      try await schema.run(
        "CREATE INDEX part ON \(try schema.name).t USING hnsw (embedding vector_cosine_ops) WHERE kind = 'a'",
        "ANALYZE \(try schema.name).t")
      let found = try await backend.candidates(
        CandidateRequest(nearest: .init(vector: [1, 2], count: 200), filter: Field("kind") == "a"))
      #expect(found.nearest.count == 200)
      let status = try await backend.indexStatus()
      #expect(status.state == .none && status.details["other index part"] == "not used: it is of some rows")
    }
  }

  @Test func columnsOfKeywordsOfOthers() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        """
        CREATE TABLE \(try schema.name).t (langchain_id text PRIMARY KEY, content text NOT NULL, embedding vector(2),
        content_tsv tsvector NOT NULL, title_tsv tsvector, updated timestamptz)
        """,
        """
        CREATE FUNCTION \(try schema.name).touch() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.updated := now(); RETURN NEW; END'
        """,
        "CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON \(try schema.name).t FOR EACH ROW EXECUTE FUNCTION \(try schema.name).touch()"
      )
      let backend = try await schema.open("t", access: .existing, dimension: 2)
      _ = try await backend.write(Self.batch([Self.record("a", [:], "many graphs")]), progress: nil)
      let found = try await backend.candidates(CandidateRequest(keywords: .init(text: "graph", count: 5)))
      #expect(found.keywords.map(\.record.id) == ["a"])
      #expect(try await schema.value("SELECT count(title_tsv)::text FROM \(try schema.name).t") == "0")
    }
  }

  @Test func partitionsOfOthersAreUsedAsTheyAre() async throws {
    try await TestSchema.with { schema in
      for hasDefault in [false, true] {
        let name: SQLText = hasDefault ? "d" : "p"
        try await schema.run(
          """
          CREATE TABLE \(try schema.name).\(name) (langchain_id text, content text NOT NULL, embedding vector(2), tenant text NOT NULL,
          langchain_metadata jsonb, PRIMARY KEY (tenant, langchain_id)) PARTITION BY LIST (tenant)
          """,
          "CREATE TABLE \(try schema.name).\(name)_a PARTITION OF \(try schema.name).\(name) FOR VALUES IN ('a', 'b')")
        if hasDefault {
          try await schema.run(
            "CREATE TABLE \(try schema.name).\(name)_rest PARTITION OF \(try schema.name).\(name) DEFAULT")
        }
        let table = PostgresTable(metadataColumns: [.init("tenant")])
        let backend = try await schema.open(hasDefault ? "d" : "p", table: table, access: .existing, dimension: 2)
        for _ in 0..<2 {
          _ = try await backend.write(
            Self.batch(["a", "b", "c"].map { Self.record($0, ["tenant": .string($0)]) }), progress: nil)
        }
        var change = WriteBatch()
        change.metadataChanges = [.init(id: "a", metadata: ["tenant": "new"], merges: true)]
        #expect(try await backend.write(change, progress: nil).updated == 1)
        #expect(try await backend.count(filter: nil) == 3)
        let error = await #expect(throws: VectorStoreError.self) {
          try await backend.createIndex(IndexSpecification(concurrently: true), progress: nil)
        }
        #expect(error?.code == .unsupported)
        try await backend.createIndex(IndexSpecification(), progress: nil)
        #expect(try await backend.indexStatus().state == .ready)
      }
    }
  }

  /// As Citus wants it of the column that a table is distributed by.
  @Test func aKeyOfTwoColumns() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", table: PostgresTable(partitioning: .key(column: "tenant")), dimension: 2)
      let first = try await backend.write(
        Self.batch([Self.record("1", ["tenant": "a"]), Self.record("2", ["tenant": "a"])]), progress: nil)
      #expect(first == WriteResult(added: 2))
      let moved = try await backend.write(
        Self.batch([Self.record("1", ["tenant": "b"]), Self.record("3", ["tenant": "b"])]), progress: nil)
      #expect(moved == WriteResult(added: 1, updated: 1))
      #expect(try await backend.count(filter: nil) == 3)
    }
  }

  @Test func whatIsDeclaredIsIndexed() async throws {
    try await TestSchema.with { schema in
      let space = EmbeddingSpace(model: "", dimension: 2)
      for _ in 0..<2 {
        let backend = try await PostgresBackend.open(
          schema.engine,
          table: PostgresTable(schema: schema.plainName, metadataColumns: [.init("year", type: "integer")]),
          options: OpenOptions(table: "t", space: space, declaredFields: [Field("year"), Field("tag"), Field("a.b")]))
        #expect(try await backend.count(filter: Field("tag") == "x") == 0)
      }
      #expect(
        try await schema.value(
          "SELECT count(*)::text FROM pg_indexes WHERE tablename = 't' AND indexdef LIKE '%btree (year)%'") == "1")
      #expect(
        try await schema.value(
          "SELECT count(*)::text FROM pg_indexes WHERE tablename = 't' AND indexdef LIKE '%jsonb_path_ops%'") == "1")
    }
  }

  /// What is remembered of a table that others made, once it is written to with a known embedder.
  @Test func anAdoptedTableIsRemembered() async throws {
    try await TestSchema.with { schema in
      try await schema.run(
        "CREATE TABLE \(try schema.name).t (key text PRIMARY KEY, body text NOT NULL, embedding vector(2), meta jsonb)")
      let table = PostgresTable(
        schema: schema.plainName, idColumn: "key", contentColumn: "body", metadataJSONColumn: "meta")
      let space = EmbeddingSpace(model: "m", dimension: 2)
      let backend = try await PostgresBackend.open(
        schema.engine, table: table,
        options: OpenOptions(table: "t", access: .existing, space: space, embedderName: "name"))
      _ = try await backend.write(Self.batch([Self.record("a", ["x": 1])]), progress: nil)
      let again = try await schema.open("t", access: .readOnly)
      #expect(try await again.recordedSpace() == RecordedSpace(space, embedderName: "name"))
      #expect(try await again.get(ids: ["a"], includingVectors: false).first?.metadata == ["x": 1])
      let other = await #expect(throws: VectorStoreError.self) {
        try await PostgresBackend.open(
          schema.engine, table: PostgresTable(schema: schema.plainName),
          options: OpenOptions(table: "t", access: .existing, space: EmbeddingSpace(model: "other", dimension: 2)))
      }
      #expect(other?.code == .embeddingSpaceMismatch)
    }
  }
}
