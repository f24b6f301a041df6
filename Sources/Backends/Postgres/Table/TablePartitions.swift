// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The partitions of a table that is divided by the values of a column.
struct TablePartitions {
  let layout: TableLayout

  /// A name that begins with the table's, of 63 bytes at most; different suffixes give different names.
  static func name(of table: TableName, suffix: String) throws -> SQLIdentifier {
    let whole = "\(table.table.name)_\(suffix)"
    guard whole.utf8.count > SQLIdentifier.byteLimit || suffix.utf8.contains(0) else { return try SQLIdentifier(whole) }
    let hash = ContentHash.hex(of: whole).prefix(16)
    var head = ""
    for scalar in table.table.name.unicodeScalars where head.utf8.count + 4 < SQLIdentifier.byteLimit - 20 {
      head.unicodeScalars.append(scalar)
    }
    return try SQLIdentifier("\(head)_\(hash)")
  }

  /// Makes the partitions of values that have none yet. They stay if the caller's transaction fails: they are empty.
  func create(for values: [String], engine: PGEngine) async throws {
    guard layout.isListPartitioned, let column = layout.partitionColumn, !values.isEmpty else { return }
    guard let member = layout.members.first(where: { $0.column == column }) else { return }
    for value in values {
      let suffix = ContentHash.hex(of: value).prefix(16)
      let partition = try Self.name(of: layout.name, suffix: "v\(suffix)")
      try await engine.transaction { connection in
        let check: SQLText = """
          SELECT pg_catalog.to_regclass(\(bind: .text("\(layout.name.schema).\(partition)"))) IS NULL,
          pg_catalog.quote_literal(\(bind: .text(value)))
          """
        let found = try await connection.execute(check.statement())
        guard found.bool(0, 0) == true, let literal = found.text(0, 1) else { return }
        try await CompanionTables(layout.name).lock(connection)
        let creation: SQLText = """
          CREATE TABLE IF NOT EXISTS \(layout.name.schema).\(partition) PARTITION OF \(layout.name.sql)
          FOR VALUES IN (\(SQLText(quotedByServer: literal))::\(member.type))
          """
        _ = try await connection.execute(creation.statement(isPrepared: false))
      }
    }
  }
}
