// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The name of a column's type, as SQL has it.
package struct SQLTypeName: Sendable, Hashable, CustomStringConvertible {
  /// The text.
  package let description: String

  /// A type that someone asks for: words, perhaps with lengths and brackets, as `varchar(20)`, `numeric(10, 2)`,
  /// `timestamp with time zone` or `text[]`.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for anything else, so that nothing else becomes SQL.
  package init(_ text: String) throws {
    let pattern =
      /[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?( [A-Za-z]+)*( ?\( ?[0-9]+ ?(, ?[0-9]+ ?)?\))?( with(out)? time zone)?(\[\])*/
    guard text.utf8.count <= 200, text.wholeMatch(of: pattern) != nil else {
      throw VectorStoreError(
        .invalidArgument,
        "'\(text.prefix(60))' is no type of a column; one is a name such as text, integer, timestamptz, varchar(20) or text[]"
      )
    }
    description = text
  }

  /// A type as the server's catalog names it, quoted where it needs to be.
  package init(catalog text: String) { description = text }
}
