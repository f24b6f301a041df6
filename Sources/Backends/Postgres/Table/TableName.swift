// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A table with its schema.
struct TableName: Sendable, Hashable {
  let schema: SQLIdentifier
  let table: SQLIdentifier

  /// The name as SQL has it.
  var sql: SQLText { "\(schema).\(table)" }
  /// The name as messages have it.
  var display: String { "\(schema.name).\(table.name)" }

  /// A name of something that belongs to the table, such as its index: the table's name and a suffix, of 63 bytes at most.
  func derived(_ suffix: StaticString) throws -> SQLIdentifier {
    let suffix = "\(suffix)"
    let whole = table.name + suffix
    guard whole.utf8.count > SQLIdentifier.byteLimit else { return try SQLIdentifier(whole) }
    let hash = String(ContentHash.hex(of: table.name).prefix(8))
    let room = SQLIdentifier.byteLimit - suffix.utf8.count - hash.utf8.count - 1
    var head = ""
    for character in table.name.unicodeScalars {
      guard head.utf8.count + character.utf8.count <= room else { break }
      head.unicodeScalars.append(character)
    }
    return try SQLIdentifier("\(head)_\(hash)\(suffix)")
  }
}
