// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// How the values of a json or jsonb column are reached.
///
/// A json column keeps any text by JSON's grammar, also what jsonb cannot hold: `\u0000`, halves of surrogate pairs, numbers
/// beyond numeric. Its text is therefore looked at before it is converted, so that no row makes a query fail; in a text that does
/// not convert, NULs become U+0001 and huge exponents are cut, so that its other members still count. A row with half a
/// surrogate pair, which ``JSONValue`` does not read either, has no members.
struct JSONReading {
  let column: FilterColumns.JSONColumn
  let serverVersion: Int

  /// Whether conditions use the column as it is; else they are put into ``wrap(_:)``.
  var isDirect: Bool { column.isBinary }

  /// Nil for keys that no stored object has.
  func source(path: [String]) -> JSONSource? {
    isDirect
      ? JSONSource(column.column, path: path, isIndexed: true)
      : JSONSource("\"vs json\".\"vs value\"", path: path, written: "\"vs json\".\"vs text\"::json")
  }

  /// A condition on the column's converted value, which is made once for a row.
  func wrap(_ condition: SQLText) -> SQLText {
    let text: SQLText = "\"vs text\""
    return """
      (SELECT \(condition) FROM (SELECT \(text), \(text)::jsonb AS "vs value" FROM (SELECT CASE WHEN \(converts(text)) \
      THEN \(text) ELSE (SELECT CASE WHEN \(converts("r")) THEN r END FROM (SELECT \(repaired(text)) AS r OFFSET 0) \
      AS "vs repair") END AS \(text) FROM (SELECT (\(column.column))::text AS \(text) OFFSET 0) AS "vs stored" OFFSET 0) \
      AS "vs checked" OFFSET 0) AS "vs json")
      """
  }

  private func converts(_ text: SQLText) -> SQLText {
    if serverVersion >= 160_000 { return "pg_input_is_valid(\(text), 'jsonb')" }
    // Older servers cannot ask, so that what might not convert counts as what does not: escapes of surrogates that are no
    // pair and of NUL, exponents of four digits, and numbers of so many digits that the server might not hold them.
    return """
      (replace(\(text), \(bind: .text(#"\\"#)), '') !~ \(bind: .text(Self.doubtful)) \
      AND (length(\(text)) < 15000 OR \(text) !~ '[0-9]{255}'))
      """
  }

  private func repaired(_ text: SQLText) -> SQLText {
    let withoutNUL: SQLText =
      "regexp_replace(\(text), \(bind: .text(Self.nul)), \(bind: .text(#"\1\\u0001"#)), 'g')"
    let withoutLarge: SQLText =
      "regexp_replace(\(withoutNUL), '([0-9])[eE][+]?0*[0-9]{6,}', \(bind: .text(#"\1e131000"#)), 'g')"
    return "regexp_replace(\(withoutLarge), '([0-9])[eE]-0*[0-9]{5,}', \(bind: .text(#"\1e-16000"#)), 'g')"
  }

  /// An escaped NUL, with the escaped backslashes before it.
  private static let nul = #"(?<!\\)((?:\\\\)*)\\u0000"#
  /// In a text without escaped backslashes.
  private static let doubtful =
    #"\\u0000|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]|[0-9][eE][+-]?[0-9]{4}"#
}
