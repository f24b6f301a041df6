// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// The table that parameters are looked for, in the words of DDL.
struct TunedTable: Sendable {
  /// The table's name, in quotes where it needs them.
  let name: String
  /// The table as `--table` has it; `nil` where the vectors are from elsewhere.
  let argument: String?
  /// The column's name, in quotes where it needs them.
  let column: String
  let type: VectorColumnType
  /// Whether the column's type says the dimension.
  let isTyped: Bool

  /// The table of a source; for another source one that is still to be made.
  ///
  /// - Throws: ``BenchError`` for a column of sparse vectors.
  init(_ source: VectorSource) async throws {
    guard case .table(let source) = source else {
      (name, argument, column, type, isTyped) = ("your_table", nil, "embedding", .vector, true)
      return
    }
    let (column, names) = try await PostgresPool.lend(source.url) { pool in
      try await pool.transaction(.snapshot) { connection in
        let column = try await VectorColumn.find(source.table, column: source.embeddingColumn, connection)
        let quoted: SQLText = """
          SELECT \(bind: .int8(Int64(column.table)))::oid::regclass::text, pg_catalog.quote_ident(\(bind: .text(column.name.name)))
          """
        let result = try await connection.execute(quoted.statement(isPrepared: false))
        return (column, [result.text(0, 0) ?? source.table.display, result.text(0, 1) ?? column.name.description])
      }
    }
    guard column.type == .vector || column.type == .halfvec else {
      throw BenchError(
        "\(source.table.display): tune is for columns of vector and halfvec, not \(column.type.rawValue)")
    }
    name = names[0]
    argument = source.table.display
    self.column = names[1]
    type = column.type
    isTyped = column.dimension != nil
  }
}
