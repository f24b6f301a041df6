// SPDX-License-Identifier: Apache-2.0

/// One statement as it is sent: its text, with `$1`, `$2`, … for its values.
package struct PGStatement: Sendable, Hashable {
  /// The text. It holds no string from outside but quoted identifiers.
  package var text: String
  /// The values, at most 65,535.
  package var parameters: [PGParameter]
  /// Whether the connection keeps it prepared under a name: for statements that come again with other values.
  package var isPrepared: Bool

  /// A statement of these parts.
  package init(_ text: String, parameters: [PGParameter] = [], isPrepared: Bool = true) {
    self.text = text
    self.parameters = parameters
    self.isPrepared = isPrepared
  }
}
