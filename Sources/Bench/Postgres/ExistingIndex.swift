// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// A vector index that a table has, as the server's catalog tells it.
struct ExistingIndex: Sendable {
  let name: String
  /// The index, and those of the table's partitions.
  let allNames: Set<String>
  let kind: PgvectorKind
  /// What it holds of the column's vectors.
  let storage: PgvectorStorage
  /// What it is on, as the server writes it.
  let expression: SQLText
  /// The operator class's metric; `nil` for one over bits.
  let metric: Metric?
  /// The rows that it holds; `nil` for all.
  let predicate: SQLText?
  let parameters: [String: Int]
  let bytes: Int

  /// The index of a column by its name, or the only one there is.
  ///
  /// - Throws: ``BenchError`` where there is none, or several to choose from.
  static func find(
    _ table: TableReference, _ column: VectorColumn, name: String?, _ connection: PGConnection
  ) async throws -> ExistingIndex {
    let tree: SQLText = """
      SELECT i.indexrelid AS oid UNION SELECT p.relid FROM pg_catalog.pg_partition_tree(i.indexrelid) p
      WHERE p.relid IS NOT NULL
      """
    let sql: SQLText = """
      SELECT c.relname::text, am.amname::text, o.opcname::text, pg_catalog.pg_get_indexdef(c.oid, 1, true),
      pg_catalog.pg_get_expr(i.indpred, i.indrelid), pg_catalog.array_to_string(c.reloptions, ','),
      (SELECT sum(pg_catalog.pg_relation_size(t.oid)) FROM (\(tree)) AS t)::bigint,
      (SELECT pg_catalog.array_agg(n.relname::text) FROM (\(tree)) AS t JOIN pg_catalog.pg_class n ON n.oid = t.oid)
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_am am ON am.oid = c.relam JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[0]
      JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attname = \(bind: .text(column.name.name))
      WHERE i.indrelid = \(bind: .int8(Int64(column.table)))::oid AND am.amname IN ('hnsw', 'ivfflat') AND i.indisvalid
      AND (i.indkey[0] = a.attnum OR EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = i.indexrelid
      AND d.classid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
      ORDER BY c.relname
      """
    let found = try await connection.execute(sql.statement(isPrepared: false))
    let all = (0..<found.rowCount).compactMap { index(found, $0) }
    let names = all.map { "'\($0.name)'" }.joined(separator: ", ")
    guard let name else {
      guard all.count <= 1 else {
        throw BenchError("\(table.display) has several vector indexes; --index-name is one of \(names)")
      }
      guard let only = all.first else {
        throw BenchError("\(table.display) has no valid HNSW or IVFFlat index on the column '\(column.name.name)'")
      }
      return only
    }
    guard let match = all.first(where: { $0.name == name }) else {
      throw BenchError(
        "\(table.display) has no valid vector index '\(name)' on the column '\(column.name.name)'; it has \(names.isEmpty ? "none" : names)"
      )
    }
    return match
  }

  private static func index(_ result: PGResult, _ row: Int) -> ExistingIndex? {
    guard let name = result.text(row, 0), let kind = PgvectorKind(rawValue: result.text(row, 1) ?? ""),
      let operators = result.text(row, 2), let expression = result.text(row, 3)
    else { return nil }
    let storage: PgvectorStorage =
      expression.contains("binary_quantize(") ? .binary : expression.contains("::halfvec") ? .halfvec : .vector
    var parameters: [String: Int] = [:]
    for option in (result.text(row, 5) ?? "").split(separator: ",") {
      let parts = option.split(separator: "=")
      if parts.count == 2, let value = Int(parts[1]) { parameters[String(parts[0])] = value }
    }
    let names = result.bytes(row, 7) { PGDecoding.array($0) }.flatMap { $0 } ?? []
    return ExistingIndex(
      name: name, allNames: Set(names.compactMap { $0.flatMap { PGDecoding.text($0) } }).union([name]), kind: kind,
      storage: storage, expression: "(\(SQLText(quotedByServer: expression)))",
      metric: storage == .binary ? nil : metric(operators),
      predicate: result.text(row, 4).map { SQLText(quotedByServer: $0) }, parameters: parameters,
      bytes: result.int(row, 6) ?? 0)
  }

  /// The metric of an operator class such as `halfvec_cosine_ops`. That of `vector_ip_ops` is named `ip`.
  private static func metric(_ operatorClass: String) -> Metric? {
    let parts = operatorClass.split(separator: "_")
    return parts.count == 3 ? Metric(rawValue: String(parts[1])) : nil
  }

  /// What the results state of it.
  var statedParameters: AnnParameters {
    var stated = AnnParameters()
    stated.index = name
    switch kind {
    case .hnsw:
      stated.m = parameters["m"] ?? 16
      stated.efConstruction = parameters["ef_construction"] ?? 64
    case .ivfflat: stated.lists = parameters["lists"] ?? 100
    }
    return stated
  }
}
