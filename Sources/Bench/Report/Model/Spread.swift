// SPDX-License-Identifier: Apache-2.0

/// The median of some numbers, with the lowest and the highest.
package struct Spread: Codable, Equatable, Sendable {
  package let median: Double
  package let min: Double
  package let max: Double

  /// The spread of `values`; `nil` where there are none.
  ///
  /// - Complexity: O(n log n)
  package init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let middle = sorted.count / 2
    median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    min = first
    max = last
  }
}
