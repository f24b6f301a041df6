// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// A column of vectors as the server's catalog has it.
struct VectorColumn: Sendable {
  /// The table's OID.
  let table: Int
  let name: SQLIdentifier
  let type: VectorColumnType
  /// The dimension that the column's type says; `nil` where it says none.
  let dimension: Int?

  /// Finds a table's column of vectors: the one that is asked for, else `embedding`, else the only one there is.
  ///
  /// - Throws: ``BenchError`` where there is no such table or column, or several to choose from.
  static func find(_ table: TableReference, column: String?, _ connection: PGConnection) async throws -> VectorColumn {
    let name: SQLText = "\(bind: .text(table.sql.statement().text))"
    let sql: SQLText = """
      SELECT t.oid::bigint, a.attname::text, y.typname::text, a.atttypmod
      FROM (SELECT pg_catalog.to_regclass(\(name)) AS oid) AS t
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_catalog.pg_type y ON y.oid = a.atttypid ORDER BY a.attnum
      """
    let found = try await connection.execute(sql.statement(isPrepared: false))
    guard let oid = found.int(0, 0) else { throw BenchError("there is no table \(table.display)") }
    var vectors: [VectorColumn] = []
    for row in 0..<found.rowCount {
      guard let name = found.text(row, 1), let type = found.text(row, 2).flatMap(VectorColumnType.init(rawValue:))
      else {
        continue
      }
      let modifier = found.int(row, 3) ?? -1
      vectors.append(
        VectorColumn(
          table: oid, name: try SQLIdentifier(name), type: type, dimension: modifier > 0 ? modifier : nil))
    }
    let dense = vectors.filter { $0.type != .bit }
    let wanted = column ?? (dense.count == 1 ? dense[0].name.name : "embedding")
    guard let match = dense.first(where: { $0.name.name == wanted }) else {
      let names = dense.map { "'\($0.name.name)'" }.joined(separator: ", ")
      throw BenchError(
        "\(table.display) has no column '\(wanted)' of type vector, halfvec or sparsevec; "
          + (names.isEmpty ? "it has no column of vectors" : "--embedding-column is one of \(names)"))
    }
    return match
  }
}
