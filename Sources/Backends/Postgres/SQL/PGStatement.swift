// SPDX-License-Identifier: Apache-2.0

/// One statement as it is sent: its text, with `$1`, `$2`, … for its values.
package struct PGStatement: Sendable, Hashable {
  /// The text. It holds no string from outside but quoted identifiers.
  package let text: String
  /// The values, at most 65,535.
  package private(set) var parameters: [PGParameter]
  /// Whether the connection keeps it prepared under a name: for statements that come again with other values.
  package let isPrepared: Bool
  /// What the connections know it by, where that was found out before it is sent.
  private(set) var key: StatementCache.Key?

  /// A statement of these parts.
  package init(_ text: String, parameters: [PGParameter] = [], isPrepared: Bool = true) {
    self.text = text
    self.parameters = parameters
    self.isPrepared = isPrepared
  }

  /// The same, with what depends on its text alone done once for all times that it is sent.
  ///
  /// - Throws: what sending it would: ``VectorStoreError/Code/invalidArgument``.
  func repeatable() throws -> PGStatement {
    try Session.check(self)
    var statement = self
    statement.key = isPrepared ? StatementCache.Key(self) : nil
    return statement
  }

  /// The same statement with another value of the same type in one place.
  func replacing(_ place: Int, with bytes: [UInt8]?) -> PGStatement {
    var statement = self
    statement.parameters[place].bytes = bytes
    return statement
  }
}
