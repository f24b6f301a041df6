// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// A user's table with a vector index, and the rows that the index holds.
struct ExistingTable: Sendable {
  let target: VectorTarget
  let index: ExistingIndex
  /// What rows are known by, in SQL.
  let id: SQLText
  let rows: SourceRows

  /// Reads the table.
  ///
  /// - Parameters:
  ///   - source: the table; rows are known by its id column, or by their places (`ctid`) where none is given.
  ///   - indexName: `nil` where there is only one.
  /// - Throws: ``BenchError`` where there is no such index, or it is by another metric.
  init(_ source: PostgresSource, indexName: String?, metric: FloatMetric, _ pool: PGEngine) async throws {
    let id: SQLText = try source.idColumn.map { "\(try SQLIdentifier($0, what: "id column"))::text" } ?? "ctid::text"
    self.id = id
    (target, index, rows) = try await pool.transaction(.snapshot, isTimeLimited: false) { connection in
      guard let vectorExtension = try await VectorExtension.read(connection) else {
        throw BenchError("the database has no pgvector")
      }
      let column = try await VectorColumn.find(source.table, column: source.embeddingColumn, connection)
      let index = try await ExistingIndex.find(source.table, column, name: indexName, connection)
      if let stated = index.metric, stated != metric.metric {
        throw BenchError("the index '\(index.name)' is by \(stated.rawValue), not by --metric \(metric.rawValue)")
      }
      let rows = try await PostgresSource.read(
        source.table, column, id: id, condition: index.predicate, connection)
      var target = VectorTarget(
        table: source.table.sql, column: column.name, type: column.type, dimension: rows.vectors.dimension,
        metric: metric.metric, vectorExtension: vectorExtension, isTyped: column.dimension != nil)
      target.expression = index.expression
      return (target, index, rows)
    }
  }

  /// Vectors as a column of this type holds them: in half precision they are rounded, queries too.
  func asStored(_ vectors: Matrix<Float>) throws -> Matrix<Float> {
    guard target.type == .halfvec else { return vectors }
    let values = try (0..<vectors.count).flatMap { row in
      VectorCodec.decode(try VectorCodec.encode(Array(vectors[row]), as: .halfvec), as: .halfvec) ?? []
    }
    return Matrix(dimension: vectors.dimension, values: values)
  }
}
