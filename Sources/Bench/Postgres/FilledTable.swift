// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// A scratch table with the base rows in it, ready for indexes.
struct FilledTable: Sendable {
  let pool: PGEngine
  let schema: SQLIdentifier
  let target: VectorTarget

  /// Makes and fills a table in the schema.
  ///
  /// - Throws: ``BenchError`` where the database has no pgvector, `VectorStoreError` for a row that it does not take.
  init(
    _ workload: Workload, type: VectorColumnType = .vector, in schema: SQLIdentifier, _ pool: PGEngine
  ) async throws {
    let table = ScratchTable(schema)
    let vectorExtension = try await pool.withConnection(isTimeLimited: false) { connection in
      guard let vectorExtension = try await VectorExtension.read(connection) else {
        throw BenchError("the database has no pgvector; CREATE EXTENSION vector; makes it, by a user who may")
      }
      try await table.fill(
        workload.base, type: type, labels: workload.labels, seed: workload.filterSeed, vectorExtension, connection)
      return vectorExtension
    }
    self.pool = pool
    self.schema = schema
    target = VectorTarget(
      table: table.name, column: ScratchTable.embedding, type: type, dimension: workload.base.dimension,
      metric: workload.metric, vectorExtension: vectorExtension, isTyped: true)
  }
}
