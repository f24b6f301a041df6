// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

/// A schema of one run, in which it makes what it needs.
///
/// A run holds an advisory lock of its schema's name as long as it lives. A schema whose lock is free is one that a killed
/// run has left, and the next run drops it.
enum ScratchSchema {
  /// Makes a schema for the time of `work`, and drops it with all that is in it: also when `work` throws or is cancelled.
  ///
  /// - Parameter engine: has at least two connections; one is held meanwhile.
  static func with<Result: Sendable>(
    _ engine: PGEngine, _ work: (SQLIdentifier) async throws -> Result
  ) async throws -> Result {
    try await engine.withConnection(isTimeLimited: false) { connection in
      try await dropStale(connection)
      let schema = try SQLIdentifier(prefix + String(UInt64.random(in: 0...UInt64.max), radix: 36))
      guard try await tryLock(schema, connection) else { throw BenchError("the scratch schema's lock is taken") }
      _ = try await connection.execute(run("CREATE SCHEMA \(schema)"))
      do {
        let result = try await work(schema)
        try await drop(schema, engine, connection)
        return result
      } catch {
        try? await drop(schema, engine, connection)
        throw error
      }
    }
  }

  static let prefix = "vectorstore_bench_"

  /// Drops the schema even when the task has been cancelled.
  private static func drop(_ schema: SQLIdentifier, _ engine: PGEngine, _ connection: PGConnection) async throws {
    try await Task {
      _ = try await connection.execute(run("DROP SCHEMA IF EXISTS \(schema) CASCADE"))
      _ = try await connection.execute(unlock(schema))
    }.value
  }

  private static func dropStale(_ connection: PGConnection) async throws {
    let sql: SQLText = """
      SELECT nspname::text FROM pg_catalog.pg_namespace
      WHERE pg_catalog.starts_with(nspname::text, \(bind: .text(prefix)))
      AND pg_catalog.pg_has_role(nspowner, 'USAGE')
      """
    let found = try await connection.execute(sql.statement(isPrepared: false))
    for row in 0..<found.rowCount {
      guard let name = found.text(row, 0) else { continue }
      let schema = try SQLIdentifier(name)
      guard try await tryLock(schema, connection) else { continue }
      Console.note("dropping the schema \(name), which a run that was killed has left")
      _ = try await connection.execute(run("DROP SCHEMA IF EXISTS \(schema) CASCADE"))
      _ = try await connection.execute(unlock(schema))
    }
  }

  private static func tryLock(_ schema: SQLIdentifier, _ connection: PGConnection) async throws -> Bool {
    let sql: SQLText = "SELECT pg_catalog.pg_try_advisory_lock(\(bind: key(schema)))"
    return try await connection.execute(sql.statement(isPrepared: false)).bool(0, 0) ?? false
  }

  private static func unlock(_ schema: SQLIdentifier) -> PGStatement {
    let sql: SQLText = "SELECT pg_catalog.pg_advisory_unlock(\(bind: key(schema)))"
    return sql.statement(isPrepared: false)
  }

  /// FNV-1a of the name: one number for one name, in every process.
  private static func key(_ schema: SQLIdentifier) -> PGParameter {
    let hash = schema.name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return .int8(Int64(bitPattern: hash))
  }

  private static func run(_ sql: SQLText) -> PGStatement { sql.statement(isPrepared: false) }
}
