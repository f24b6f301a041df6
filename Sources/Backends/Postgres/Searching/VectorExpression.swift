// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// A table's vectors in SQL, and their distances from a query.
struct VectorExpression: Sendable {
  let layout: TableLayout
  let scope: TableScope
  let vectorExtension: VectorExtension
  let metric: Metric

  private var schema: SQLIdentifier { vectorExtension.schema }

  /// The operator of the metric.
  var distanceOperator: SQLText {
    "OPERATOR(\(schema).\(metric.sqlOperator))"
  }

  /// The whole vector of a row.
  var vector: SQLText {
    guard scope.isShared, let dimension = scope.dimension else { return "\(layout.embedding)" }
    // An index on an untyped column is on this expression.
    guard layout.dimensionColumn == nil else { return "(\(layout.embedding)::\(schema).vector(\(dimension)))" }
    // Without a column that says the dimension, rows of others must not come to the operator.
    return """
      (CASE WHEN \(schema).vector_dims(\(layout.embedding)) = \(dimension) THEN \(layout.embedding)::\(schema).vector(\(dimension)) END)
      """
  }

  /// The query's vector, bound.
  func query(_ vector: [Float]) throws -> SQLText {
    let bound: SQLText = "\(bind: try .vector(vector, as: layout.vectorType))"
    // A cast to bit would cut it to one; its type is known without.
    return layout.vectorType == .bit ? bound : "\(bound)::\(vectorExtension.type(layout.vectorType))"
  }

  /// The distance of a row's whole vector from the query.
  func distance(_ query: SQLText) -> SQLText { "(\(vector) \(distanceOperator) \(query))" }

  /// What an index is ordered by, for a query; nil where that is the distance itself.
  func approximateDistance(_ index: VectorIndex, _ query: SQLText) -> SQLText? {
    switch index.form {
    case .column, .typed: return nil
    case .half(let dimension):
      let type: SQLText = "\(schema).halfvec(\(dimension))"
      return "(\(layout.embedding)::\(type)) \(distanceOperator) (\(query)::\(type))"
    case .binary(let dimension):
      let type: SQLText = "bit(\(dimension))"
      return """
        (\(schema).binary_quantize(\(layout.embedding))::\(type)) OPERATOR(\(schema).<~>)
        (\(schema).binary_quantize(\(query))::\(type))
        """
    }
  }
}
