// SPDX-License-Identifier: Apache-2.0

/// The index's change numbers, of which a change of the database takes several: vectors are linked before the transaction
/// commits, and the old ones go after it has.
enum IndexClock {
  private static let steps: UInt64 = 1 << 20

  /// The number of the index when it has all of a change.
  static func number(ofChange change: Int64) -> UInt64 { UInt64(max(0, change)) &* steps }

  /// The change that a saved index has all of. Writes that failed after it have counted the number up, and left nothing.
  static func change(ofNumber number: UInt64) -> Int64 { Int64(number / steps) }

  /// The last change that there is a number for.
  static let lastChange = Int64(UInt64.max / steps) - 1
}
