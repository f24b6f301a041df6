// SPDX-License-Identifier: Apache-2.0

/// The index's change numbers, of which a change of the database takes several: vectors are linked before the transaction
/// commits, and the old ones go after it has.
enum IndexClock {
  private static let steps: UInt64 = 1 << 20

  /// The number of the index when it has all of a change.
  static func number(ofChange change: Int64) -> UInt64 { UInt64(max(0, change)) &* steps }

  /// The change that an index has all of; nil in the middle of one.
  static func change(ofNumber number: UInt64) -> Int64? {
    number % steps == 0 ? Int64(exactly: number / steps) : nil
  }
}
