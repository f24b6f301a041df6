// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The statements that make and drop vector indexes.
struct IndexStatements: Sendable {
  let layout: TableLayout
  let scope: TableScope
  let vectorExtension: VectorExtension
  let metric: Metric

  /// The name that LangChain's `PGVectorStore` gives an index and looks for, where it is no longer than a name can be.
  var name: SQLIdentifier {
    let table = layout.name.table
    if scope.isShared, let dimension = scope.dimension {
      return .derived(from: [table.name, String(dimension)], suffix: "vectors")
    }
    return (try? SQLIdentifier(table.name + "langchainvectorindex")) ?? .derived(from: [table.name], suffix: "vectors")
  }

  /// The name of an index while it is built beside the one whose place it takes.
  var temporaryName: SQLIdentifier { .derived(from: [layout.name.table.name, name.name], suffix: "new") }

  func create(_ name: SQLIdentifier, _ specification: IndexSpecification, dimension: Int) throws -> SQLText {
    let method: SQLText = specification.kind == .hnsw ? "hnsw" : "ivfflat"
    let options: SQLText =
      specification.kind == .hnsw
      ? "m = \(specification.m ?? 16), ef_construction = \(specification.efConstruction ?? 64)"
      : "lists = \(specification.lists ?? 100)"
    let concurrently: SQLText = specification.concurrently ? "CONCURRENTLY " : ""
    let condition: SQLText = scope.condition.map { " WHERE \($0)" } ?? ""
    let (expression, operators) = try expression(specification, dimension)
    return """
      CREATE INDEX \(concurrently)\(name) ON \(layout.name.sql) USING \(method) (\(expression) \(operators))
      WITH (\(options))\(condition)
      """
  }

  private func expression(
    _ specification: IndexSpecification, _ dimension: Int
  ) throws -> (SQLText, SQLText) {
    let schema = vectorExtension.schema
    switch specification.precision ?? .full {
    case .full:
      guard scope.isShared else {
        guard layout.columnDimension != nil || layout.vectorType == .sparsevec else {
          throw VectorStoreError(
            .unsupported, "an index needs a column whose type says the dimension, such as vector(\(dimension))")
        }
        return ("\(layout.embedding)", try operators(layout.vectorType, specification.kind))
      }
      guard layout.dimensionColumn != nil else {
        throw VectorStoreError(
          .unsupported,
          "the vectors of \(layout.name.display) have no fixed dimension; an index needs a column that says it: "
            + "ALTER TABLE … ADD COLUMN embedding_dimension integer GENERATED ALWAYS AS (vector_dims(…)) STORED")
      }
      return ("(\(layout.embedding)::\(schema).vector(\(dimension)))", try operators(.vector, specification.kind))
    case .half:
      return ("(\(layout.embedding)::\(schema).halfvec(\(dimension)))", try operators(.halfvec, specification.kind))
    case .binary:
      return ("(\(schema).binary_quantize(\(layout.embedding))::bit(\(dimension)))", "\(schema).bit_hamming_ops")
    }
  }

  /// The operator class of a type under the metric.
  private func operators(_ type: VectorColumnType, _ kind: IndexSpecification.Kind) throws -> SQLText {
    guard let name = type.operatorClass(metric, kind == .hnsw ? .hnsw : .ivfflat) else {
      throw VectorStoreError(
        .unsupported, "pgvector has no \(kind.rawValue) index of \(type.rawValue) for \(metric.rawValue)")
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
