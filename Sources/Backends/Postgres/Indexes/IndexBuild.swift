// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Runs the statements that build indexes, with memory and workers for it, and reports how far the server has come.
struct IndexBuild: Sendable {
  /// The most that `maintenance_work_mem` is raised to. pgvector builds many times slower when the graph does not fit.
  private static let memoryLimit = 1 << 30

  let engine: PGEngine
  let layout: TableLayout
  let threads: Int
  let rows: Int
  let dimension: Int
  let progress: StoreProgress.Handler?

  /// In one transaction.
  func together(_ statements: [SQLText]) async throws {
    try await watched {
      try await engine.transaction(isTimeLimited: false) { connection in
        _ = try await connection.execute(settings(isLocal: true).statement())
        for statement in statements { _ = try await connection.execute(statement.statement(isPrepared: false)) }
      }
    }
  }

  /// Each by itself, as CONCURRENTLY needs.
  func alone(_ statements: [SQLText], building: Bool = true) async throws {
    guard !statements.isEmpty else { return }
    let work: @Sendable () async throws -> Void = {
      try await engine.withConnection(isTimeLimited: false) { connection in
        // A pooler between would give the session to others afterwards.
        let canSet = building && !engine.options.isBehindPgBouncer
        if canSet { _ = try await connection.execute(settings(isLocal: false).statement()) }
        do {
          for statement in statements { _ = try await connection.execute(statement.statement(isPrepared: false)) }
        } catch {
          if canSet { try? await reset(connection) }
          throw error
        }
        if canSet { try await reset(connection) }
      }
    }
    if building { try await watched(work) } else { try await work() }
  }

  private func reset(_ connection: PGConnection) async throws {
    for name in ["maintenance_work_mem", "max_parallel_maintenance_workers", "statement_timeout"] {
      _ = try await connection.execute(PGStatement("RESET \(name)", isPrepared: false))
    }
  }

  private func watched(_ work: @Sendable () async throws -> Void) async throws {
    guard let progress else { return try await work() }
    let watch = BuildProgress(
      engine: engine, schema: layout.name.schema, table: layout.name.table, rows: rows, handler: progress)
    try await watch.during(work)
  }

  /// Memory for the graph as pgvector keeps it while it builds: the vectors and their links. Never less than the server has.
  private func settings(isLocal: Bool) -> SQLText {
    let perRow = dimension * 4 + 16 * 2 * 20 + 200
    let (wanted, overflows) = rows.multipliedReportingOverflow(by: perRow)
    let kilobytes = max(65_536, (overflows ? Self.memoryLimit : min(Self.memoryLimit, wanted)) / 1_024)
    return """
      SELECT pg_catalog.set_config('maintenance_work_mem', greatest(\(bind: .int8(Int64(kilobytes))),
      (SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem'))::text || 'kB',
      \(bind: .bool(isLocal))),
      pg_catalog.set_config('max_parallel_maintenance_workers', \(bind: .text(String(max(0, min(threads, 64) - 1)))),
      \(bind: .bool(isLocal))),
      pg_catalog.set_config('statement_timeout', '0', \(bind: .bool(isLocal)))
      """
  }
}
