// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// A table as a person names it: `NAME`, found by the connection's search path, or `SCHEMA.NAME`; a name with a dot in
/// it is put in double quotes.
struct TableReference: Sendable, Hashable {
  let schema: SQLIdentifier?
  let name: SQLIdentifier

  /// - Throws: ``BenchError`` for a text of another form, `VectorStoreError` for a name that PostgreSQL can't have.
  init(_ text: String) throws {
    let parts = try Self.parts(text)
    guard 1...2 ~= parts.count else {
      throw BenchError("a table is [SCHEMA.]NAME, names with dots in double quotes; not '\(text)'")
    }
    schema = parts.count == 2 ? try SQLIdentifier(parts[0], what: "schema") : nil
    name = try SQLIdentifier(parts[parts.count - 1], what: "table")
  }

  /// As SQL has it.
  var sql: SQLText { schema.map { "\($0).\(name)" } ?? "\(name)" }
  /// As messages and results have it.
  var display: String { (schema.map { $0.name + "." } ?? "") + name.name }

  private static func parts(_ text: String) throws -> [String] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "." where !isQuoted: parts.append("")
      default: parts[parts.count - 1].append(character)
      }
    }
    guard !isQuoted else { throw BenchError("a quote of the table's name '\(text)' is not closed") }
    return parts
  }
}
