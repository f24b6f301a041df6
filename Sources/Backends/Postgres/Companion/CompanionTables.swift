// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The tables beside those of the collections of a schema: what is remembered of each, and the ledger of sync.
///
/// They are made when something is first remembered, never by reading, so that an adopted table stays alone until then.
struct CompanionTables: Sendable {
  let name: TableName
  let collections: SQLText
  let ledger: SQLText

  init(_ name: TableName) {
    self.name = name
    collections = "\(name.schema).vectorstore_collections"
    ledger = "\(name.schema).vectorstore_ledger"
  }

  private var tableName: PGParameter { .text(name.table.name) }

  /// Whether both are there.
  func arePresent(_ connection: PGConnection) async throws -> Bool {
    let sql: SQLText = """
      SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = \(bind: .text(name.schema.name)) AND c.relname IN ('vectorstore_collections', 'vectorstore_ledger')
      """
    return try await connection.execute(sql.statement()).int(0, 0) == 2
  }

  /// Makes both where they are missing; within a transaction, one at a time.
  func create(_ connection: PGConnection) async throws {
    guard try await !arePresent(connection) else { return }
    try await lock(connection)
    let records: SQLText = """
      CREATE TABLE IF NOT EXISTS \(collections) (
      table_name text COLLATE "C" NOT NULL, dimension integer NOT NULL DEFAULT 0, model text, metric text,
      is_normalized boolean, query_prompt text, passage_prompt text, embedder text, columns text NOT NULL,
      is_own boolean NOT NULL, vector_dimension integer, created_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (table_name, dimension))
      """
    let entries: SQLText = """
      CREATE TABLE IF NOT EXISTS \(ledger) (
      table_name text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, source text COLLATE "C" NOT NULL,
      hash text NOT NULL, text_hash text NOT NULL, PRIMARY KEY (table_name, id))
      """
    let index: SQLText = """
      CREATE INDEX IF NOT EXISTS vectorstore_ledger_source ON \(ledger) (table_name, source)
      """
    for statement in [records, entries, index] {
      _ = try await connection.execute(statement.statement(isPrepared: false))
    }
  }

  /// Waits for others who make tables in this schema; until the end of the transaction.
  func lock(_ connection: PGConnection) async throws {
    let sql: SQLText = """
      SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(\(bind: .text("vectorstore " + name.schema.name)), 0))
      """
    _ = try await connection.execute(sql.statement())
  }

  // MARK: Collections

  /// What is remembered of the collection.
  ///
  /// - Parameter dimension: the dimension of the rows that are read, where several models share the table; else nil.
  func record(_ connection: PGConnection, wanted: PostgresTable, dimension: Int?) async throws -> CollectionRecord? {
    guard try await arePresent(connection) else { return nil }
    let sql: SQLText = """
      SELECT model, vector_dimension, metric, is_normalized, query_prompt, passage_prompt, embedder, columns, is_own, dimension
      FROM \(collections) WHERE table_name = \(bind: tableName)
      ORDER BY (dimension = \(bind: .int4(Int32(clamping: dimension ?? 0)))) DESC, dimension
      """
    let result = try await connection.execute(sql.statement())
    guard result.rowCount > 0 else { return nil }
    let columns = try JSONValue(parsing: result.text(0, 7) ?? "{}").objectValue ?? [:]
    var record = CollectionRecord(
      space: nil, table: RememberedColumns.join(wanted, columns), isOurs: result.bool(0, 8) ?? false)
    let rowDimension = result.int(0, 9) ?? 0
    // A shared table has a row for each dimension; one of another dimension tells the columns only.
    guard rowDimension == 0 || rowDimension == dimension || (dimension == nil && result.rowCount == 1) else {
      return record
    }
    if let size = result.int(0, 1), let name = result.text(0, 2), let metric = Metric(rawValue: name) {
      record.space = RecordedSpace(
        EmbeddingSpace(
          model: result.text(0, 0) ?? "", dimension: size, metric: metric, isNormalized: result.bool(0, 3) ?? false,
          queryPrompt: result.text(0, 4) ?? "", passagePrompt: result.text(0, 5) ?? ""),
        embedderName: result.text(0, 6))
    }
    return record
  }

  /// Remembers a collection; within a transaction.
  func save(_ record: CollectionRecord, sharedDimension: Int?, _ connection: PGConnection) async throws {
    try await create(connection)
    let space = record.space?.space
    let columns = try JSONValue.object(RememberedColumns.json(record.table)).serialized()
    let sql: SQLText = """
      INSERT INTO \(collections) (table_name, dimension, model, vector_dimension, metric, is_normalized, query_prompt,
      passage_prompt, embedder, columns, is_own)
      VALUES (\(bind: tableName), \(bind: .int4(Int32(clamping: sharedDimension ?? 0))), \(bind: .text(space?.model)),
      \(bind: .int4(space.map { Int32(clamping: $0.dimension) })), \(bind: .text(space?.metric.rawValue)),
      \(bind: .bool(space?.isNormalized)), \(bind: .text(space?.queryPrompt)), \(bind: .text(space?.passagePrompt)),
      \(bind: .text(record.space?.embedderName)), \(bind: .text(columns)), \(bind: .bool(record.isOurs)))
      ON CONFLICT (table_name, dimension) DO UPDATE SET model = EXCLUDED.model,
      vector_dimension = EXCLUDED.vector_dimension, metric = EXCLUDED.metric, is_normalized = EXCLUDED.is_normalized,
      query_prompt = EXCLUDED.query_prompt, passage_prompt = EXCLUDED.passage_prompt, embedder = EXCLUDED.embedder,
      columns = EXCLUDED.columns
      """
    _ = try await connection.execute(sql.statement())
  }

  /// Forgets the collection, as before its table is made anew.
  func forget(_ connection: PGConnection) async throws {
    guard try await arePresent(connection) else { return }
    let records: SQLText = "DELETE FROM \(collections) WHERE table_name = \(bind: tableName)"
    let entries: SQLText = "DELETE FROM \(ledger) WHERE table_name = \(bind: tableName)"
    _ = try await connection.pipeline([records.statement(), entries.statement()])
  }
}
