// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A name of PostgreSQL's: of a schema, table, column or index. In SQL it is always quoted, so that case, spaces, quotes
/// and reserved words are as they were given.
package struct SQLIdentifier: Sendable, Hashable, CustomStringConvertible {
  /// Names are cut by the server beyond this many bytes (NAMEDATALEN − 1), which would make two of them one.
  package static let byteLimit = 63

  /// The name as it was given.
  package let name: String

  /// A name from outside.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for an empty name, one with a NUL byte, and one that is too long.
  package init(_ name: String, what: String = "name") throws {
    guard !name.isEmpty else { throw VectorStoreError(.invalidArgument, "the \(what) must not be empty") }
    guard !name.utf8.contains(0) else {
      throw VectorStoreError(.invalidArgument, "the \(what) must not hold a NUL byte")
    }
    guard name.utf8.count <= Self.byteLimit else {
      throw VectorStoreError(
        .invalidArgument,
        "the \(what) '\(name.prefix(32))…' has \(name.utf8.count) bytes; PostgreSQL's names have \(Self.byteLimit) at most"
      )
    }
    self.name = name
  }

  /// A name of our own.
  package init(known name: StaticString) { self.name = "\(name)" }

  /// A name that was put together of others and keeps to the rules.
  init(checked name: String) { self.name = name }

  /// The name in quotes, as SQL has it.
  package var description: String {
    var text = "\""
    for scalar in name.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
