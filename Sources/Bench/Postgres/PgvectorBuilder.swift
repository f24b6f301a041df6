// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

/// Builds, measures and drops indexes on a scratch table.
struct PgvectorBuilder: Sendable {
  let table: FilledTable
  let design: PgvectorDesign
  /// `maintenance_work_mem` in MiB; what the graph needs where it is `nil`.
  let memory: Int?
  let rows: Int
  /// What builds use where nothing else is asked for.
  let threads: Int

  /// The index that is searched.
  static let name = SQLIdentifier(known: "items_index")

  /// What the server may use.
  func settings(_ threads: Int) -> BuildSettings {
    BuildSettings(
      memory: memory, threads: threads, rows: rows, dimension: table.target.dimension,
      m: design.kind == .hnsw ? design.m : 0)
  }

  /// Builds an index: the seconds that CREATE INDEX took.
  func build(_ name: SQLIdentifier, threads: Int? = nil) async throws -> Double {
    let threads = threads ?? self.threads
    let create = try table.target.create(name, design).statement(isPrepared: false)
    // Without it PostgreSQL counts the workers by the size of the table.
    let workers: SQLText = "ALTER TABLE \(table.target.table) SET (parallel_workers = \(threads - 1))"
    let work: @Sendable () async throws -> Double = {
      try await table.pool.transaction(isTimeLimited: false) { connection in
        try await settings(threads).apply(connection)
        _ = try await connection.execute(workers.statement(isPrepared: false))
        return try await Clocks.timed { try await connection.execute(create) }.seconds
      }
    }
    guard Console.isTerminal else { return try await work() }
    defer { Console.endProgress() }
    let watch = BuildProgress(engine: table.pool, schema: table.schema, table: ScratchTable.table, rows: rows) {
      Console.progress("building: \($0.done) of \($0.total ?? $0.done)")
    }
    return try await watch.during(work)
  }

  /// Drops an index.
  func drop(_ name: SQLIdentifier) async throws {
    let drop: SQLText = "DROP INDEX \(table.schema).\(name)"
    try await table.pool.withConnection { connection in
      _ = try await connection.execute(drop.statement(isPrepared: false))
    }
  }

  /// The size of an index.
  func bytes(_ name: SQLIdentifier) async throws -> Int? {
    let size: SQLText = """
      SELECT pg_catalog.pg_relation_size(c.oid) FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = \(bind: .text(table.schema.name)) AND c.relname = \(bind: .text(name.name))
      """
    return try await table.pool.withConnection { connection in
      try await connection.execute(size.statement(isPrepared: false)).int(0, 0)
    }
  }
}
