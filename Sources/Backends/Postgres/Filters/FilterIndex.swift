// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// The index that helps filters on a declared field.
package struct FilterIndex: Sendable {
  package let name: SQLIdentifier
  /// `CREATE INDEX IF NOT EXISTS …`.
  package let definition: SQLText

  /// Nil where no index helps: the id has its primary key, and a json column's text does not always convert, so that it cannot
  /// be indexed; as jsonb it can.
  ///
  /// - On jsonb one GIN index serves `$eq`, `$in` and `$contains` of all fields; other operators read all rows.
  /// - On a metadata column a B-tree serves comparisons, and of strings `$eq` and `$in`; on text[] a GIN index `$contains`.
  package init?(
    for field: Field, columns: FilterColumns, schema: SQLIdentifier, table: SQLIdentifier, concurrently: Bool = false
  ) {
    guard case .metadata(let keys) = field.location, let first = keys.first else { return nil }
    let method: SQLText
    if let column = columns.metadataColumn(first) {
      switch column.kind {
      case .json(isBinary: true): method = "gin (\(column.expression) jsonb_path_ops)"
      case .textArray: method = "gin (\(column.expression))"
      case .text, .bool, .integer, .float8, .numeric, .timestamptz, .timestamp, .date, .uuid:
        method = "btree (\(column.expression))"
      case .float4, .json(isBinary: false), .other: return nil
      }
      name = .derived(from: [table.name, first], suffix: "idx")
    } else if let json = columns.json, json.isBinary {
      method = "gin (\(json.column) jsonb_path_ops)"
      name = .derived(from: [table.name], suffix: "metadata_idx")
    } else {
      return nil
    }
    definition =
      "CREATE INDEX \(concurrently ? "CONCURRENTLY " : "")IF NOT EXISTS \(name) ON \(schema).\(table) USING \(method)"
  }
}
