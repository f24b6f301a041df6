// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The statements that make and drop vector indexes.
struct IndexStatements: Sendable {
  let layout: TableLayout
  let scope: TableScope
  let vectorExtension: VectorExtension
  let metric: Metric

  /// The name that LangChain's `PGVectorStore` gives an index and looks for.
  func name() throws -> SQLIdentifier {
    guard scope.isShared, let dimension = scope.dimension else {
      return try layout.name.derived("langchainvectorindex")
    }
    return try TablePartitions.name(of: layout.name, suffix: "vectorindex_\(dimension)")
  }

  func create(_ name: SQLIdentifier, _ specification: IndexSpecification, dimension: Int) throws -> SQLText {
    let method: SQLText = specification.kind == .hnsw ? "hnsw" : "ivfflat"
    let options: SQLText =
      specification.kind == .hnsw
      ? "m = \(specification.m ?? 16), ef_construction = \(specification.efConstruction ?? 64)"
      : "lists = \(specification.lists ?? 100)"
    let concurrently: SQLText = specification.concurrently ? "CONCURRENTLY " : ""
    let condition: SQLText = scope.condition.map { " WHERE \($0)" } ?? ""
    let (expression, operators) = try expression(specification.precision ?? .full, dimension)
    return """
      CREATE INDEX \(concurrently)\(name) ON \(layout.name.sql) USING \(method) (\(expression) \(operators))
      WITH (\(options))\(condition)
      """
  }

  private func expression(
    _ precision: IndexSpecification.Precision, _ dimension: Int
  ) throws -> (SQLText, SQLText) {
    let schema = vectorExtension.schema
    switch precision {
    case .full:
      guard scope.isShared else {
        guard layout.columnDimension != nil || layout.vectorType == .sparsevec else {
          throw VectorStoreError(
            .unsupported, "an index needs a column whose type says the dimension, such as vector(\(dimension))")
        }
        return ("\(layout.embedding)", operators(layout.vectorType))
      }
      guard layout.dimensionColumn != nil else {
        throw VectorStoreError(
          .unsupported,
          "the vectors of \(layout.name.display) have no fixed dimension; an index needs a column that says it: "
            + "ALTER TABLE … ADD COLUMN embedding_dimension integer GENERATED ALWAYS AS (vector_dims(…)) STORED")
      }
      return ("(\(layout.embedding)::\(schema).vector(\(dimension)))", operators(.vector))
    case .half: return ("(\(layout.embedding)::\(schema).halfvec(\(dimension)))", operators(.halfvec))
    case .binary:
      return ("(\(schema).binary_quantize(\(layout.embedding))::bit(\(dimension)))", "\(schema).bit_hamming_ops")
    }
  }

  /// The operator class of a type under the metric.
  private func operators(_ type: PostgresTable.VectorType) -> SQLText {
    let name: SQLText =
      switch (type, metric) {
      case (.vector, .cosine): "vector_cosine_ops"
      case (.vector, .l2): "vector_l2_ops"
      case (.vector, .innerProduct): "vector_ip_ops"
      case (.vector, _): "vector_l1_ops"
      case (.halfvec, .cosine): "halfvec_cosine_ops"
      case (.halfvec, .l2): "halfvec_l2_ops"
      case (.halfvec, .innerProduct): "halfvec_ip_ops"
      case (.halfvec, _): "halfvec_l1_ops"
      case (.sparsevec, .cosine): "sparsevec_cosine_ops"
      case (.sparsevec, .l2): "sparsevec_l2_ops"
      case (.sparsevec, .innerProduct): "sparsevec_ip_ops"
      case (.sparsevec, _): "sparsevec_l1_ops"
      case (.bit, .jaccard): "bit_jaccard_ops"
      case (.bit, _): "bit_hamming_ops"
      }
    return "\(vectorExtension.schema).\(name)"
  }

  func drop(_ index: SQLIdentifier, concurrently: Bool = false) -> SQLText {
    "DROP INDEX \(concurrently ? "CONCURRENTLY " as SQLText : "")IF EXISTS \(layout.name.schema).\(index)"
  }

  func rename(_ index: SQLIdentifier, to name: SQLIdentifier) -> SQLText {
    "ALTER INDEX \(layout.name.schema).\(index) RENAME TO \(name)"
  }

  func rebuild(_ index: SQLIdentifier, concurrently: Bool) -> SQLText {
    "REINDEX INDEX \(concurrently ? "CONCURRENTLY " as SQLText : "")\(layout.name.schema).\(index)"
  }
}
