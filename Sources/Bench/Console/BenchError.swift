// SPDX-License-Identifier: Apache-2.0

/// What went wrong, said to a person.
package struct BenchError: Error, Equatable, CustomStringConvertible {
  /// The message.
  package let description: String

  /// An error with this message.
  package init(_ description: String) {
    self.description = description
  }
}
