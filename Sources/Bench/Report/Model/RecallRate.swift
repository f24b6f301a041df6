// SPDX-License-Identifier: Apache-2.0

/// The queries a second at one recall, over the rounds of a comparison.
package struct RecallRate: Codable, Equatable, Sendable {
  package let median: Double
  package let min: Double
  package let max: Double
  /// Whether even the first point of the grid is above the recall: the engine would be faster there, had the grid a smaller
  /// efSearch.
  package let isLowerBound: Bool

  package init(_ spread: Spread, isLowerBound: Bool) {
    median = spread.median
    min = spread.min
    max = spread.max
    self.isLowerBound = isLowerBound
  }

  private enum CodingKeys: String, CodingKey {
    case median, min, max
    case isLowerBound = "lower_bound"
  }
}
