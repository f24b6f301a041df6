// SPDX-License-Identifier: Apache-2.0

/// A filter as results name it: its name, and the share of rows that it allows.
package struct FilterKey: Hashable, Sendable {
  /// `random`, or `category=3`, or `category=3+17`.
  package let name: String
  /// Above 0 and at most 1.
  package let selectivity: Double

  package init(name: String, selectivity: Double) {
    self.name = name
    self.selectivity = selectivity
  }
}
