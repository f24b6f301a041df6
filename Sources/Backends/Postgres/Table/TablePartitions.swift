// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The partitions of a table that is divided by the values of a column.
struct TablePartitions {
  let layout: TableLayout

  /// Makes the partitions of values that have none yet. They stay if the caller's transaction fails: they are empty.
  func create(for values: [String], engine: PGEngine) async throws {
    guard layout.isListPartitioned, let column = layout.partitionColumn, !values.isEmpty else { return }
    guard let member = layout.members.first(where: { $0.column == column }) else { return }
    for value in values {
      let partition = SQLIdentifier.derived(from: [layout.name.table.name, value], suffix: "part")
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
