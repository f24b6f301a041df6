// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The indexes that make filters on declared fields fast: a B-tree for a column of its own, one GIN index for all members of
/// the JSON column.
struct FieldIndexes {
  let name: TableName
  /// The metadata columns.
  let columns: [String]
  let json: String?
  let isJSONBinary: Bool

  /// The statements that make those that are missing.
  func creation(of fields: [Field]) throws -> [SQLText] {
    var statements: [SQLText] = []
    var needsGIN = false
    for field in fields {
      guard case .metadata(let keys) = field.location else {
        throw VectorStoreError(.invalidArgument, "\(field) cannot be declared; declared fields are metadata fields")
      }
      if let column = columns.first(where: { $0.utf8.elementsEqual(keys[0].utf8) }) {
        let index = try TablePartitions.name(of: name, suffix: "\(column)_field")
        statements.append("CREATE INDEX IF NOT EXISTS \(index) ON \(name.sql) (\(try SQLIdentifier(column)))")
      } else {
        needsGIN = true
      }
    }
    if needsGIN, let json, isJSONBinary {
      let index = try name.derived("_metadata")
      statements.append(
        "CREATE INDEX IF NOT EXISTS \(index) ON \(name.sql) USING gin (\(try SQLIdentifier(json)) jsonb_path_ops)")
    }
    return statements
  }
}
