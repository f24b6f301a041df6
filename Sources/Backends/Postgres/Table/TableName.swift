// SPDX-License-Identifier: Apache-2.0

/// A table with its schema.
struct TableName: Sendable, Hashable {
  let schema: SQLIdentifier
  let table: SQLIdentifier

  /// The name as SQL has it.
  var sql: SQLText { "\(schema).\(table)" }
  /// The name as messages have it.
  var display: String { "\(schema.name).\(table.name)" }
}
