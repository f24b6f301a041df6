// SPDX-License-Identifier: Apache-2.0

/// The rows that a scan compares.
enum RowSelection {
  case consecutive(Range<Int>)
  /// Rows anywhere, by their numbers.
  case listed(UnsafeBufferPointer<Int>)
}
