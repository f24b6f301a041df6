// SPDX-License-Identifier: Apache-2.0

/// A logarithmic axis of values above 0.
package struct LogAxis: Sendable {
  private let low: Double
  private let high: Double
  /// At least this many powers of ten, so that a flat curve looks flat.
  private static let leastSpan = 0.8

  /// The axis that holds `values`, with a little room around them.
  package init(_ values: [Double]) {
    let least = Logarithm.ten(values.min() ?? 1) - 0.05
    let most = Logarithm.ten(values.max() ?? 10) + 0.05
    let missing = max(0, Self.leastSpan - (most - least)) / 2
    low = least - missing
    high = most + missing
  }

  /// Where a value is, from 0 to 1.
  package func place(_ value: Double) -> Double {
    min(max((Logarithm.ten(value) - low) / (high - low), 0), 1)
  }

  /// The values to label, at least `gap` apart as a share of the axis: 1, 2 and 5 of each power of ten, or fewer.
  package func ticks(gap: Double) -> [Double] {
    for steps in [[1.0, 2, 5], [1, 3], [1]] {
      let values = ticks(steps)
      let places = values.map(place)
      if zip(places, places.dropFirst()).allSatisfy({ $1 - $0 >= gap }), values.count >= 2 { return values }
    }
    let tens = ticks([1])
    return tens.isEmpty ? ticks([1, 2, 5]).prefix(1).map { $0 } : tens
  }

  private func ticks(_ steps: [Double]) -> [Double] {
    (Int(low.rounded(.down))...Int(high.rounded(.up)))
      .flatMap { power in steps.map { $0 * Logarithm.power(power) } }
      .filter { low...high ~= Logarithm.ten($0) }
  }
}
