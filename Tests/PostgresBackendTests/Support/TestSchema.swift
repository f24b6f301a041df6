// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore

/// A database with a schema of its own on the tests' server, dropped at the end.
struct TestSchema: Sendable {
  let engine: PGEngine
  /// As it is, and as SQL has it.
  let plainName: String
  var name: SQLIdentifier { get throws { try SQLIdentifier(plainName) } }

  /// Runs a test in a new schema of a new database: what builds an index concurrently waits for all transactions of its
  /// database, those of other tests too.
  static func with(_ body: (TestSchema) async throws -> Void) async throws {
    let database = try await TestServer.freshDatabase()
    let engine = try PGEngine(database.url)
    let schema = TestSchema(engine: engine, plainName: "Test schema")
    do {
      try await schema.run("CREATE EXTENSION vector", "CREATE SCHEMA \(try schema.name)")
      try await body(schema)
    } catch {
      await engine.close()
      try? await TestServer.dropDatabase(database.name)
      throw error
    }
    await engine.close()
    try await TestServer.dropDatabase(database.name)
  }

  /// Runs statements.
  func run(_ statements: SQLText...) async throws {
    for sql in statements {
      _ = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    }
  }

  /// The first value of a query, as text.
  func value(_ sql: SQLText) async throws -> String? {
    let result = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    return result.text(0, 0)
  }

  /// Opens a collection of this schema.
  func open(
    _ table: String, table layout: PostgresTable = PostgresTable(), access: OpenOptions.Access = .createIfMissing,
    dimension: Int? = nil, metric: Metric = .cosine, keywords: Bool = true
  ) async throws -> PostgresBackend {
    var layout = layout
    layout.schema = plainName
    let space = dimension.map { EmbeddingSpace(model: "", dimension: $0, metric: metric) }
    return try await PostgresBackend.open(
      engine, table: layout, options: OpenOptions(table: table, access: access, space: space, keywords: keywords))
  }

  /// The names of the schema's tables.
  func tables() async throws -> [String] {
    let sql: SQLText = """
      SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = \(bind: .text(plainName)) AND c.relkind IN ('r', 'p') ORDER BY 1
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    return (0..<result.rowCount).compactMap { result.text($0, 0) }
  }
}
