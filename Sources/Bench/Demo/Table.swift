// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Text in columns.
enum Table {
  /// A line whose columns are aligned to the right, 12 characters wide each.
  static func line(_ columns: [String]) -> String {
    columns.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
  }

  /// A number with so many digits after the point.
  static func number(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// A number of bytes in megabytes.
  static func megabytes(_ bytes: Int) -> String {
    "\(number(Double(bytes) / 1e6, digits: 1)) MB"
  }
}
