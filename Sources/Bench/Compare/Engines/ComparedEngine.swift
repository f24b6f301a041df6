// SPDX-License-Identifier: Apache-2.0

/// An engine that takes part in a comparison, and how its runner is started.
package struct ComparedEngine: Sendable {
  /// Unique in the comparison.
  package let id: String
  /// What messages and the report call it.
  package let label: String
  /// The program, found on the PATH where it has no slash, and all its arguments.
  package let command: [String]
  /// Whether it is in the report only: no ratio is against it, and it builds once.
  package let isAside: Bool

  package init(id: String, label: String, command: [String], isAside: Bool = false) {
    self.id = id
    self.label = label
    self.command = command
    self.isAside = isAside
  }
}
