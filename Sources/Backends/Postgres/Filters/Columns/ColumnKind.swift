// SPDX-License-Identifier: Apache-2.0

/// The types of columns that filters treat in their own way.
package enum ColumnKind: Sendable, Hashable {
  case text
  case bool
  case integer
  case float4
  case float8
  case numeric
  case timestamptz
  case timestamp
  case date
  case uuid
  case textArray
  case json(isBinary: Bool)
  /// Any other type: its values are what `to_jsonb` makes of them.
  case other

  /// - Parameter typeName: the type as `format_type` or `pg_type.typname` writes it, with or without a modifier.
  package init(typeName: String) {
    self = Self.names[Self.withoutModifier(typeName)] ?? .other
  }

  private static let names: [String: ColumnKind] = [
    "text": .text, "character varying": .text, "varchar": .text,
    "boolean": .bool, "bool": .bool,
    "smallint": .integer, "integer": .integer, "bigint": .integer, "int2": .integer, "int4": .integer, "int8": .integer,
    "int": .integer,
    "real": .float4, "float4": .float4, "double precision": .float8, "float8": .float8,
    "numeric": .numeric, "decimal": .numeric,
    "timestamp with time zone": .timestamptz, "timestamptz": .timestamptz,
    "timestamp without time zone": .timestamp, "timestamp": .timestamp, "date": .date,
    "uuid": .uuid, "text[]": .textArray, "_text": .textArray,
    "json": .json(isBinary: false), "jsonb": .json(isBinary: true),
  ]

  /// `numeric(10,2)` and `timestamp(3) with time zone` without what is in brackets.
  private static func withoutModifier(_ name: String) -> String {
    let name = name.lowercased()
    guard let open = name.firstIndex(of: "("), let close = name[open...].firstIndex(of: ")") else { return name }
    return String(name[..<open] + name[name.index(after: close)...])
  }
}
