// SPDX-License-Identifier: Apache-2.0

/// Percentiles of a sample.
package enum Percentile {
  /// The values below which the given shares of the sample lie, linear between its points (NumPy's default).
  ///
  /// - Parameter shares: Each in `0...1`.
  /// - Returns: One value a share; 0 for an empty sample.
  /// - Complexity: O(n log n)
  package static func values(_ shares: [Double], of sample: [UInt64]) -> [Double] {
    values(shares, ofFractions: sample.map { Double($0) })
  }

  /// The same of a sample of fractions.
  package static func values(_ shares: [Double], ofFractions sample: [Double]) -> [Double] {
    let sorted = sample.sorted()
    guard let last = sorted.indices.last else { return shares.map { _ in 0 } }
    return shares.map { share in
      let place = share * Double(last)
      let below = Int(place)
      let above = min(below + 1, last)
      let fraction = place - Double(below)
      return sorted[below] * (1 - fraction) + sorted[above] * fraction
    }
  }
}
