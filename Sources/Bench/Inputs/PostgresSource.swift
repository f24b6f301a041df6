// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// The vectors of a table of PostgreSQL's.
struct PostgresSource: Sendable {
  let url: String
  let table: TableReference
  /// `nil` for the one that is there.
  let embeddingColumn: String?
  /// `nil` for rows without ids.
  let idColumn: String?

  /// Its rows that have a vector, as the table has them.
  func read() async throws -> SourceRows {
    try await PostgresPool.lend(url) { pool in
      try await pool.transaction(.snapshot, isTimeLimited: false) { connection in
        let column = try await VectorColumn.find(table, column: embeddingColumn, connection)
        let id: SQLText? = try idColumn.map { "\(try SQLIdentifier($0, what: "id column"))::text" }
        return try await Self.read(table, column, id: id, condition: nil, connection)
      }
    }
  }

  /// The rows that have a vector and meet a condition, by a cursor of the transaction that is open.
  static func read(
    _ table: TableReference, _ column: VectorColumn, id: SQLText?, condition: SQLText?, _ connection: PGConnection
  ) async throws -> SourceRows {
    let also: SQLText = condition.map { " AND (\($0))" } ?? ""
    let declare: SQLText = """
      DECLARE vectorstore_bench NO SCROLL CURSOR FOR SELECT \(column.name), \(id ?? "NULL::text") FROM \(table.sql)
      WHERE \(column.name) IS NOT NULL\(also)
      """
    // The same order each time, for samples that a seed repeats.
    try await connection.set("synchronize_seqscans", "off")
    _ = try await connection.execute(declare.statement(isPrepared: false))
    var vectors = VectorCollector(name: table.display)
    var ids: [String] = []
    while true {
      let page = try await connection.execute(PGStatement("FETCH FORWARD 2000 FROM vectorstore_bench"))
      guard page.rowCount > 0 else { break }
      for row in 0..<page.rowCount {
        let vector = page.bytes(row, 0) { VectorCodec.decode($0, as: column.type) } ?? nil
        let number = vectors.count + 1
        guard let vector else { throw BenchError("\(table.display): row \(number) can't be read") }
        try vectors.append(vector, row: "row \(number)")
        if id != nil { ids.append(page.text(row, 1) ?? "") }
      }
      Console.progress("reading: \(vectors.count)")
    }
    Console.endProgress()
    _ = try await connection.execute(PGStatement("CLOSE vectorstore_bench", isPrepared: false))
    return SourceRows(vectors: try vectors.matrix(), ids: id == nil ? nil : ids)
  }
}
