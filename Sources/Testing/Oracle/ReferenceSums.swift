// SPDX-License-Identifier: Apache-2.0

import HNSW

/// The sums of a metric over the numbers of two vectors, and what distance follows.
struct ReferenceSums {
  private let metric: Metric
  /// The sum of the metric; for cosine the product's.
  private var sum: ReferenceSum
  /// For cosine.
  private var squaredNorms = (
    ReferenceSum(roundings: 1, canUnderflow: true), ReferenceSum(roundings: 1, canUnderflow: true)
  )

  init(_ metric: Metric) {
    self.metric = metric
    sum =
      switch metric {
      // A difference counts twice in its square.
      case .l2: ReferenceSum(roundings: 3, canUnderflow: true)
      case .l1: ReferenceSum(roundings: 1, canUnderflow: false)
      default: ReferenceSum(roundings: 1, canUnderflow: true)
      }
  }

  mutating func add(_ a: Double, _ b: Double) {
    switch metric {
    case .l2: sum.add((a - b) * (a - b))
    case .l1: sum.add((a - b).magnitude)
    case .cosine:
      sum.add(a * b)
      squaredNorms.0.add(a * a)
      squaredNorms.1.add(b * b)
    default: sum.add(a * b)
    }
  }

  /// What distances are right. The last rounding is that of an answer in Float32; pgvector's are Float64.
  var allowed: AllowedDistances {
    switch metric {
    case .l2:
      AllowedDistances(
        reference: sum.value.squareRoot(), range: sum.range.mapped { max($0, 0).squareRoot() }.rounded)
    case .l1: AllowedDistances(reference: sum.value, range: sum.range.rounded)
    case .cosine: AllowedDistances(reference: cosine, range: cosineRange)
    default: AllowedDistances(reference: 0 - sum.value, range: sum.range.negated.rounded)
    }
  }

  private var cosine: Double {
    let similarity = sum.value / (squaredNorms.0.value * squaredNorms.1.value).squareRoot()
    return 1 - (similarity.isNaN ? similarity : min(max(similarity, -1), 1))
  }

  /// The sums of product and norms each have their bound. The quotient follows at the ends of the three ranges, so that it is
  /// off by γ·Σ|aᵢbᵢ|/(‖a‖‖b‖) from the one and γ·|cos| from the other; it is then cut to −1…1, and 1 − x is rounded once.
  private var cosineRange: FloatRange {
    let (a, b) = (squaredNorms.0.range, squaredNorms.1.range)
    var result = FloatRange()
    if let a = a.finite, let b = b.finite {
      let low = (max(a.lowerBound, 0) * max(b.lowerBound, 0)).squareRoot()
      result.formUnion(Quotient.range(of: sum.range, by: low...(a.upperBound * b.upperBound).squareRoot()))
    }
    // ∞ times a number, or times ∞. Times zero it is NaN.
    let canBeZero = (a.finite?.lowerBound ?? 1) <= 0 || (b.finite?.lowerBound ?? 1) <= 0
    if a.positiveInfinity || b.positiveInfinity {
      if sum.range.finite != nil { result.formUnion(FloatRange(finite: 0...0)) }
      result.nan =
        result.nan || canBeZero || sum.range.nan || sum.range.positiveInfinity || sum.range.negativeInfinity
    }
    return result.complement.rounded
  }
}

/// A similarity: a product's sum by the root of the norms' product, cut to −1…1.
private enum Quotient {
  /// - Parameter divisor: finite, 0 or more.
  static func range(of sum: FloatRange, by divisor: ClosedRange<Double>) -> FloatRange {
    var result = FloatRange()
    if let dot = sum.finite {
      let ends = [dot.lowerBound, dot.upperBound].flatMap { dot in
        [divisor.lowerBound, divisor.upperBound].map { dot == 0 ? 0 : min(max(dot / $0, -1), 1) }
      }
      let hasNumber = divisor.upperBound > 0 || dot.lowerBound < 0 || dot.upperBound > 0
      if hasNumber, let low = ends.min(), let high = ends.max() { result.finite = low...high }
      result.nan = divisor.lowerBound <= 0 && dot.contains(0)
    }
    // An infinite product is cut to 1 or −1, whatever it is divided by.
    if sum.positiveInfinity { result.formUnion(FloatRange(finite: 1...1)) }
    if sum.negativeInfinity { result.formUnion(FloatRange(finite: -1...(-1))) }
    result.nan = result.nan || sum.nan
    return result
  }
}
