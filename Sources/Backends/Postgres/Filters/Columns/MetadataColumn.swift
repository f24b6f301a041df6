// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// A column that holds one member of the metadata.
///
/// Its value as JSON is what ``jsonText`` selects and ``value(ofJSONText:)`` reads; filters mean the same value, though they
/// compare in the column's own type where that gives the same answer and an index can serve it.
package struct MetadataColumn: Sendable {
  /// The column, quoted; of a collation that is not deterministic, with `COLLATE "C"`.
  package let expression: SQLText
  /// How its values compare.
  package let kind: ColumnKind

  /// - Parameter typeName: the type as `format_type` or `pg_type.typname` writes it.
  package init(expression: SQLText, typeName: String) {
    self.expression = expression
    kind = ColumnKind(typeName: typeName)
  }

  /// JSON text of the value; NULL where it is missing. NaN and infinities, which JSON lacks, are missing too; times have the
  /// offset of UTC whatever the session's zone is.
  package var jsonText: SQLText {
    switch kind {
    case .json: "(\(expression))::text"
    case .float4, .float8, .numeric: "CASE WHEN \(isFinite) THEN (\(expression))::text END"
    default: "(\(jsonb))::text"
    }
  }

  /// The value of ``jsonText``.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidJSON``, which a json column's text may be to our stricter parser.
  package func value(ofJSONText text: String) throws -> JSONValue {
    switch kind {
    // Not by the JSON parser: the server's shortest decimal is not always Swift's.
    case .float4, .float8: if let value = Double(text) { return .double(value) }
    default: break
    }
    return try JSONValue(parsing: text)
  }

  /// The value as jsonb.
  var jsonb: SQLText {
    switch kind {
    case .json(isBinary: true): expression
    case .timestamptz:
      """
      CASE WHEN isfinite(\(expression)) \
      THEN to_jsonb((to_jsonb(\(expression) AT TIME ZONE 'UTC') #>> '{}') || '+00:00') ELSE to_jsonb(\(expression)) END
      """
    default: "to_jsonb(\(expression))"
    }
  }

  /// Whether a number is no NaN and no infinity. A NaN is greater than all numbers to PostgreSQL.
  var isFinite: SQLText {
    switch kind {
    case .float4: "(\(expression) < 'Infinity'::float4 AND \(expression) > '-Infinity'::float4)"
    case .float8: "(\(expression) < 'Infinity'::float8 AND \(expression) > '-Infinity'::float8)"
    default: "(\(expression) < 'Infinity'::numeric AND \(expression) > '-Infinity'::numeric)"
    }
  }
}
