// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A trigger that fills a column of type tsvector from the content, whoever writes and whatever he gives for the column.
///
/// A generated column would refuse writers that name it in their INSERTs, as LangChain's hybrid writer does.
package struct KeywordTrigger: Sendable {
  package let schema: SQLIdentifier
  package let table: SQLIdentifier
  package let column: SQLIdentifier
  package let content: SQLIdentifier
  package let configuration: KeywordConfiguration

  package init(
    schema: SQLIdentifier, table: SQLIdentifier, column: SQLIdentifier, content: SQLIdentifier,
    configuration: KeywordConfiguration
  ) {
    (self.schema, self.table, self.column, self.content) = (schema, table, column, content)
    self.configuration = configuration
  }

  /// The name of the function and of the trigger.
  package var name: SQLIdentifier { .derived(from: [table.name, column.name], suffix: "fill") }

  /// Creates or replaces the function and the trigger; several statements, to be run in one transaction.
  package var definition: [SQLText] {
    let vector = KeywordText.vector(of: "NEW.\(content)", configuration)
    let body: SQLText = "BEGIN NEW.\(column) := coalesce(\(vector), ''::tsvector); RETURN NEW; END"
    return [
      """
      CREATE OR REPLACE FUNCTION \(schema).\(name)() RETURNS trigger LANGUAGE plpgsql AS \(SQLText.literal(body.text))
      """,
      "DROP TRIGGER IF EXISTS \(name) ON \(schema).\(table)",
      """
      CREATE TRIGGER \(name) BEFORE INSERT OR UPDATE ON \(schema).\(table) \
      FOR EACH ROW EXECUTE FUNCTION \(schema).\(name)()
      """,
    ]
  }

  /// Drops both; the column keeps what it has.
  package var removal: [SQLText] {
    ["DROP TRIGGER IF EXISTS \(name) ON \(schema).\(table)", "DROP FUNCTION IF EXISTS \(schema).\(name)()"]
  }

  /// Creates the index that serves ``KeywordQuery/condition(_:)``.
  package func index(_ indexName: SQLIdentifier, concurrently: Bool = false) -> SQLText {
    "CREATE INDEX \(concurrently ? "CONCURRENTLY " : "")IF NOT EXISTS \(indexName) ON \(schema).\(table) USING gin (\(column))"
  }
}

extension SQLText {
  /// The text of SQL without values.
  fileprivate var text: String { statement().text }
}

extension SQLIdentifier {
  /// A name for what belongs to others: theirs, cut where they are too long, a hash of them in full, and what it is.
  package static func derived(from names: [String], suffix: StaticString) -> SQLIdentifier {
    let hash = names.flatMap { Array($0.utf8) + [0] }.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 36)
    let end = "_\(digits)_\(suffix)"
    var start = ""
    for scalar in names.joined(separator: "_").unicodeScalars {
      guard start.utf8.count + UTF8.width(scalar) + end.utf8.count <= byteLimit else { break }
      start.unicodeScalars.append(scalar)
    }
    return SQLIdentifier(checked: start + end)
  }
}
