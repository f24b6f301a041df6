// SPDX-License-Identifier: Apache-2.0

/// The numbers that a computation in Float32 can give: a range of finite ones, and by class what is not finite.
struct FloatRange: Sendable, Hashable {
  var finite: ClosedRange<Double>?
  var positiveInfinity = false
  var negativeInfinity = false
  var nan = false

  func contains(_ value: Double) -> Bool {
    if value.isNaN { return nan }
    if value.isInfinite { return value > 0 ? positiveInfinity : negativeInfinity }
    return finite?.contains(value) ?? false
  }

  /// The least number; nil where there is none but NaN.
  var lowest: Double? { negativeInfinity ? -.infinity : finite?.lowerBound ?? (positiveInfinity ? .infinity : nil) }
  /// The greatest number.
  var highest: Double? { positiveInfinity ? .infinity : finite?.upperBound ?? (negativeInfinity ? -.infinity : nil) }

  /// Takes in what another computation can give.
  mutating func formUnion(_ other: FloatRange) {
    if let more = other.finite {
      finite = finite.map { min($0.lowerBound, more.lowerBound)...max($0.upperBound, more.upperBound) } ?? more
    }
    positiveInfinity = positiveInfinity || other.positiveInfinity
    negativeInfinity = negativeInfinity || other.negativeInfinity
    nan = nan || other.nan
  }

  /// The range after a function that rises, such as a square root.
  func mapped(_ function: (Double) -> Double) -> FloatRange {
    var result = self
    result.finite = finite.map { function($0.lowerBound)...function($0.upperBound) }
    return result
  }

  /// The range of −x.
  var negated: FloatRange {
    FloatRange(
      finite: finite.map { -$0.upperBound ... -$0.lowerBound }, positiveInfinity: negativeInfinity,
      negativeInfinity: positiveInfinity, nan: nan)
  }

  /// The range of 1 − x.
  var complement: FloatRange { negated.mapped { 1 + $0 } }

  /// The range after one more rounding to Float32.
  var rounded: FloatRange {
    var result = self
    result.finite = finite.map {
      let (low, high) = ($0.lowerBound, $0.upperBound)
      func slack(_ x: Double) -> Double { x == 0 ? 0 : x.magnitude * ReferenceSum.unit + 0x1p-150 }
      return low - slack(low)...high + slack(high)
    }
    return result
  }
}
