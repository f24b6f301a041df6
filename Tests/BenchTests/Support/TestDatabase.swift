// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresBackend
import VectorStoreBench

/// A database of its own on the server of the tests, with pgvector in it.
///
/// `VECTORSTORE_TEST_POSTGRES` is the URL of the server, of a user who may create databases; scripts/test starts one. Without
/// it these tests fail: one that is left out unseen is none.
struct TestDatabase: Sendable {
  /// The database's URL.
  let url: String
  let engine: PGEngine

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Lends a database, and drops it.
  static func with(_ body: (TestDatabase) async throws -> Void) async throws {
    guard let server = ProcessInfo.processInfo.environment["VECTORSTORE_TEST_POSTGRES"], !server.isEmpty else {
      throw Missing(
        description:
          "VECTORSTORE_TEST_POSTGRES is not set: it is the URL of a PostgreSQL with pgvector, of a user who may create "
          + "databases; scripts/test starts one")
    }
    let name = try SQLIdentifier("bench_tests_\(UInt64.random(in: .min ... .max))")
    guard var parts = URLComponents(string: server) else {
      throw Missing(description: "VECTORSTORE_TEST_POSTGRES is no URL")
    }
    parts.path = "/" + name.name
    // Programs of Python's name a driver, which does nothing here.
    parts.scheme = "postgresql"
    let admin = try PGEngine(server)
    try await run(admin, "CREATE DATABASE \(name)")
    let url = try parts.string ?? { throw Missing(description: "VECTORSTORE_TEST_POSTGRES names no database") }()
    let database = TestDatabase(url: url, engine: try PGEngine(url))
    do {
      try await database.run("CREATE EXTENSION vector")
      try await body(database)
    } catch {
      await database.engine.close()
      _ = try? await run(admin, "DROP DATABASE \(name) WITH (FORCE)")
      await admin.close()
      throw error
    }
    await database.engine.close()
    try await run(admin, "DROP DATABASE \(name) WITH (FORCE)")
    await admin.close()
  }

  /// Runs SQL.
  @discardableResult
  func run(_ sql: SQLText) async throws -> PGResult { try await Self.run(engine, sql) }

  /// The scratch schemas that there are.
  func scratchSchemas() async throws -> [String] {
    let found = try await run(
      "SELECT nspname::text FROM pg_namespace WHERE starts_with(nspname::text, 'vectorstore_bench_')")
    return (0..<found.rowCount).compactMap { found.text($0, 0) }
  }

  /// Makes and fills a table as langchain-postgres has it, with an id for each row: its number in five digits.
  func fill(_ table: SQLIdentifier, _ rows: Matrix<Float>, type: VectorColumnType = .vector) async throws {
    try await run(
      """
      CREATE TABLE \(table) (langchain_id text PRIMARY KEY, content text NOT NULL,
      embedding \(type.sql(dimension: rows.dimension)), langchain_metadata json)
      """)
    var writer = PGCopyWriter(columns: 3)
    for row in 0..<rows.count {
      writer.beginRow()
      writer.append(text: String(row + 10_000))
      writer.append(text: "text \(row)")
      try writer.append(vector: Array(rows[row]), as: type)
    }
    writer.finish()
    var chunk: [UInt8]? = writer.bytes
    let copy: SQLText = "COPY \(table) (langchain_id, content, embedding) FROM STDIN (FORMAT binary)"
    _ = try await engine.withConnection { connection in
      try await connection.copyIn(copy.statement(isPrepared: false)) {
        defer { chunk = nil }
        return chunk
      }
    }
  }

  @discardableResult
  private static func run(_ engine: PGEngine, _ sql: SQLText) async throws -> PGResult {
    try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
  }
}
