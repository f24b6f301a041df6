// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// A column of vectors, and what an index on it holds of them, in SQL.
struct VectorTarget: Sendable {
  /// The table, qualified.
  let table: SQLText
  let column: SQLIdentifier
  /// The type of the column: vector or halfvec.
  let type: VectorColumnType
  let dimension: Int
  let metric: Metric
  let vectorExtension: VectorExtension
  /// Whether the column's type says the dimension. Where it doesn't, an index is on the column cast to one.
  let isTyped: Bool
  /// What an index that is there is on; `nil` for the forms that ``indexed(_:)`` makes.
  var expression: SQLText?

  /// What an index of this storage is on.
  func indexed(_ storage: PgvectorStorage) -> SQLText {
    if let expression { return expression }
    let schema = vectorExtension.schema
    switch storage {
    case .vector: return isTyped ? "\(column)" : "(\(column)::\(schema).\(type.sql(dimension: dimension)))"
    case .halfvec: return "(\(column)::\(schema).halfvec(\(dimension)))"
    case .binary: return "(\(schema).binary_quantize(\(column))::bit(\(dimension)))"
    }
  }

  /// The operator class of such an index.
  ///
  /// - Throws: ``BenchError`` where pgvector has none.
  func operatorClass(_ storage: PgvectorStorage, _ kind: PgvectorKind) throws -> SQLText {
    let (type, metric): (VectorColumnType, Metric) =
      switch storage {
      case .vector: (self.type, self.metric)
      case .halfvec: (.halfvec, self.metric)
      case .binary: (.bit, .hamming)
      }
    if let limit = type.indexLimit(kind.method), dimension > limit {
      throw BenchError(
        "pgvector's \(kind.rawValue) index of \(type.rawValue) has at most \(limit) dimensions, not \(dimension)")
    }
    guard let name = type.operatorClass(metric, kind.method) else {
      throw BenchError("pgvector has no \(kind.rawValue) index of \(type.rawValue) for \(metric.rawValue)")
    }
    return "\(vectorExtension.schema).\(name)"
  }

  /// The DDL of an index.
  func create(_ name: SQLIdentifier?, _ design: PgvectorDesign, concurrently: Bool = false) throws -> SQLText {
    let parameters: SQLText =
      switch design.kind {
      case .hnsw: "m = \(design.m), ef_construction = \(design.efConstruction)"
      case .ivfflat: "lists = \(design.lists)"
      }
    let name: SQLText = name.map { " \($0)" } ?? ""
    return """
      CREATE INDEX\(concurrently ? " CONCURRENTLY" as SQLText : "")\(name) ON \(table) \
      USING \(SQLText(stringLiteral: design.kind.rawValue)) \
      (\(indexed(design.storage)) \(try operatorClass(design.storage, design.kind))) WITH (\(parameters))
      """
  }

  /// The nearest rows of the vector `$1`: their `id`s, nearest first.
  ///
  /// - Parameters:
  ///   - id: what is returned of a row.
  ///   - candidates: how many rows are fetched and ranked again by the whole vectors, where the index holds less.
  func nearest(
    id: SQLText, k: Int, storage: PgvectorStorage, candidates: Int, iterative: IterativeScan, condition: SQLText?
  ) throws -> SQLText {
    let schema = vectorExtension.schema
    let bound: SQLText = "\(bind: try .vector([Float](repeating: 0, count: dimension), as: type))"
    let query: SQLText = "\(bound)::\(schema).\(type.sql())"
    let distance: SQLText = "\(column) OPERATOR(\(schema).\(metric.sqlOperator)) \(query)"
    let condition: SQLText = condition.map { " WHERE \($0)" } ?? ""
    let indexDistance: SQLText =
      switch storage {
      case .vector: "\(indexed(.vector)) OPERATOR(\(schema).\(metric.sqlOperator)) \(query)"
      case .halfvec:
        "\(indexed(.halfvec)) OPERATOR(\(schema).\(metric.sqlOperator)) (\(query)::\(schema).halfvec(\(dimension)))"
      case .binary:
        """
        \(indexed(.binary)) OPERATOR(\(schema).<~>) (\(schema).binary_quantize(\(query))::bit(\(dimension)))
        """
      }
    guard storage == .vector else {
      return """
        SELECT id FROM (SELECT \(id) AS id, \(distance) AS distance FROM \(table)\(condition) \
        ORDER BY \(indexDistance) LIMIT \(candidates)) AS near ORDER BY distance LIMIT \(k)
        """
    }
    // A relaxed scan returns rows a little out of order; this is how pgvector's manual sorts them.
    if iterative == .relaxed {
      return """
        WITH near AS MATERIALIZED (SELECT \(id) AS id, \(indexDistance) AS distance FROM \(table)\(condition) \
        ORDER BY distance LIMIT \(k)) SELECT id FROM near ORDER BY distance + 0
        """
    }
    return "SELECT \(id) AS id FROM \(table)\(condition) ORDER BY \(indexDistance) LIMIT \(k)"
  }
}
