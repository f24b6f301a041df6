// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// A vector index as the server's catalog has it.
struct VectorIndex: Sendable, Hashable {
  /// What the index holds of the vectors.
  enum Form: Sendable, Hashable {
    /// The column.
    case column
    /// The rows of one dimension of an untyped column.
    case typed(Int)
    /// The vectors in half precision; hits are ranked again by the whole vectors.
    case half(Int)
    /// One bit a number; hits are ranked again by the whole vectors.
    case binary(Int)
  }

  let name: SQLIdentifier
  let kind: IndexSpecification.Kind
  /// The metric of its operator class; nil for one over bits of other vectors.
  let metric: Metric?
  let form: Form
  /// Whether it leaves out rows by a condition of its own.
  let isPartial: Bool
  let isValid: Bool
  let bytes: Int
  let parameters: [String: Int]

  /// The vector indexes of a table.
  static func read(_ layout: TableLayout, _ connection: PGConnection) async throws -> [VectorIndex] {
    let sql: SQLText = """
      SELECT c.relname::text, am.amname::text, o.opcname::text, i.indisvalid,
      (SELECT coalesce(sum(pg_catalog.pg_relation_size(p.relid)), 0) FROM pg_catalog.pg_partition_tree(c.oid) p)::bigint,
      pg_catalog.pg_relation_size(c.oid), pg_catalog.array_to_string(c.reloptions, ','),
      pg_catalog.pg_get_indexdef(c.oid, 1, true), i.indkey[0] = a.attnum, i.indpred IS NOT NULL
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_am am ON am.oid = c.relam JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[0]
      JOIN pg_catalog.pg_class t ON t.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = \(bind: .text(layout.embedding.name))
      WHERE n.nspname = \(bind: .text(layout.name.schema.name)) AND t.relname = \(bind: .text(layout.name.table.name))
      AND am.amname IN ('hnsw', 'ivfflat') AND (i.indkey[0] = a.attnum OR i.indkey[0] = 0) ORDER BY c.relname
      """
    let result = try await connection.execute(sql.statement())
    return try (0..<result.rowCount).compactMap { try index(result, $0) }
  }

  private static func index(_ result: PGResult, _ row: Int) throws -> VectorIndex? {
    guard let name = result.text(row, 0), let kind = IndexSpecification.Kind(rawValue: result.text(row, 1) ?? "") else {
      return nil
    }
    let isColumn = result.bool(row, 8) ?? false
    guard let form = isColumn ? .column : form(result.text(row, 7) ?? "") else { return nil }
    var parameters: [String: Int] = [:]
    for option in (result.text(row, 6) ?? "").split(separator: ",") {
      let parts = option.split(separator: "=")
      if parts.count == 2, let value = Int(parts[1]) { parameters[String(parts[0])] = value }
    }
    return VectorIndex(
      name: try SQLIdentifier(name), kind: kind, metric: metric(result.text(row, 2) ?? "", form), form: form,
      isPartial: result.bool(row, 9) ?? false, isValid: result.bool(row, 3) ?? false,
      bytes: max(result.int(row, 4) ?? 0, result.int(row, 5) ?? 0), parameters: parameters)
  }

  /// The form of an index on an expression, by the expression as the server writes it.
  private static func form(_ expression: String) -> Form? {
    func number(after head: String) -> Int? {
      guard let range = expression.firstRange(of: head) else { return nil }
      return Int(expression[range.upperBound...].prefix { $0.isNumber })
    }
    if expression.contains("binary_quantize(") { return number(after: "bit(").map { .binary($0) } }
    if let dimension = number(after: "halfvec(") { return .half(dimension) }
    if let dimension = number(after: "vector(") { return .typed(dimension) }
    return nil
  }

  /// The metric that an operator class's name says, such as `halfvec_cosine_ops`.
  private static func metric(_ operatorClass: String, _ form: Form) -> Metric? {
    if case .binary = form { return nil }
    let parts = operatorClass.split(separator: "_")
    guard parts.count == 3 else { return nil }
    return Metric(rawValue: String(parts[1]))
  }

  /// Whether searches by a metric in a scope can use it.
  func serves(_ metric: Metric, _ scope: TableScope) -> Bool {
    guard isValid, self.metric == nil || self.metric == metric else { return false }
    switch form {
    case .column: return !isPartial && !scope.isShared
    case .typed(let dimension): return scope.isShared && dimension == scope.dimension
    case .half(let dimension), .binary(let dimension):
      return dimension == scope.dimension && (!isPartial || scope.isShared)
    }
  }

  /// The index that searches use, the most exact first.
  static func best(_ indexes: [VectorIndex], _ metric: Metric, _ scope: TableScope) -> VectorIndex? {
    func rank(_ index: VectorIndex) -> Int {
      let form =
        switch index.form {
        case .column, .typed: 0
        case .half: 2
        case .binary: 4
        }
      return form + (index.kind == .hnsw ? 0 : 1)
    }
    return indexes.filter { $0.serves(metric, scope) }.min { rank($0) < rank($1) }
  }

  /// What it was made as.
  var specification: IndexSpecification {
    var precision = IndexSpecification.Precision.full
    if case .half = form { precision = .half }
    if case .binary = form { precision = .binary }
    return switch kind {
    case .hnsw:
      IndexSpecification(
        .hnsw, m: parameters["m"] ?? 16, efConstruction: parameters["ef_construction"] ?? 64, precision: precision)
    case .ivfflat: IndexSpecification(.ivfflat, lists: parameters["lists"] ?? 100, precision: precision)
    case .exact: IndexSpecification(.exact)
    }
  }
}
