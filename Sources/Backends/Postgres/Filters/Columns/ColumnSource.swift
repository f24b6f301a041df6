// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A metadata column that compares in its own type, where that means the same as its JSON value.
protocol ColumnSource: FilterSource {
  var column: MetadataColumn { get }
}

extension ColumnSource {
  var expression: SQLText { column.expression }
  /// The value as JSON, for what the column's own type does not answer.
  var generic: any FilterSource { JSONSource(column.jsonb, path: []) ?? MissingSource() }

  var exists: Condition { Condition("\(expression) IS NOT NULL") }
  var isMissing: Condition { Condition("\(expression) IS NULL") }
  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition { .never }
  func contains(_ value: FilterValue, isNegated: Bool) -> Condition { .never }
}

extension MetadataColumn {
  var source: any FilterSource {
    switch kind {
    case .text: TextSource(expression)
    case .bool: BoolColumnSource(column: self)
    case .integer: IntegerColumnSource(column: self)
    case .float4: FloatColumnSource(column: self, number: "((\(expression))::text)::float8")
    case .float8: FloatColumnSource(column: self, number: expression)
    case .numeric: NumericColumnSource(column: self)
    case .timestamptz, .timestamp, .date: DateColumnSource(column: self)
    case .uuid: UUIDColumnSource(column: self)
    case .textArray: TextArrayColumnSource(column: self)
    case .json, .other: JSONSource(jsonb, path: []) ?? MissingSource()
    }
  }
}
