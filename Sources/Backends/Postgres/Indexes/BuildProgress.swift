// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// Watches the building of an index from another connection: what PostgreSQL shows in `pg_stat_progress_create_index`.
package struct BuildProgress: Sendable {
  private let engine: PGEngine
  private let schema: SQLIdentifier
  private let table: SQLIdentifier
  private let rows: Int
  private let handler: StoreProgress.Handler

  /// Watches builds on a table of so many rows, by another connection of the engine's.
  package init(
    engine: PGEngine, schema: SQLIdentifier, table: SQLIdentifier, rows: Int, handler: @escaping StoreProgress.Handler
  ) {
    self.engine = engine
    self.schema = schema
    self.table = table
    self.rows = rows
    self.handler = handler
  }

  /// Runs work, and reports how far the server has come meanwhile.
  package func during<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
    let watch = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(250))
        if let (done, total) = try await read() { handler(StoreProgress(phase: .indexing, done: done, total: total)) }
      }
    }
    defer { watch.cancel() }
    let result = try await work()
    handler(StoreProgress(phase: .indexing, done: rows, total: rows))
    return result
  }

  private func read() async throws -> (done: Int, total: Int?)? {
    let sql: SQLText = """
      SELECT p.tuples_done, p.tuples_total, p.blocks_done, p.blocks_total FROM pg_catalog.pg_stat_progress_create_index p
      WHERE p.relid = pg_catalog.to_regclass(\(bind: .text("\(schema).\(table)")))
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    guard result.rowCount > 0 else { return nil }
    let (tuples, allTuples) = (result.int(0, 0) ?? 0, result.int(0, 1) ?? 0)
    if allTuples > 0 { return (min(tuples, allTuples), allTuples) }
    let (blocks, allBlocks) = (result.int(0, 2) ?? 0, result.int(0, 3) ?? 0)
    guard allBlocks > 0, rows > 0 else { return nil }
    return (min(rows, rows * blocks / allBlocks), rows)
  }
}
