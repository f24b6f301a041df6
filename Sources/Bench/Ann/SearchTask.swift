// SPDX-License-Identifier: Apache-2.0

/// What is searched: all rows, or those that one filter allows.
struct SearchTask: Sendable {
  /// `nil` for all rows.
  let filter: RowFilter?
  /// Judges the answers.
  let meter: RecallMeter
}
