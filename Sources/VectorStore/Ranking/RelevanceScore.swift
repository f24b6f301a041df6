// SPDX-License-Identifier: Apache-2.0

public import HNSW

/// The relevance in 0…1, more being better, that stands for a distance in pgvector's convention.
///
/// | metric | relevance |
/// |---|---|
/// | cosine | max(0, 1 − d) |
/// | L2, L1 | 1 / (1 + d) |
/// | inner product of unit vectors | as cosine, whose distance is 1 + d for them |
/// | inner product of others | 1 / (1 + eᵈ) |
/// | Hamming | 1 − d / bits |
/// | Jaccard | 1 − d |
public struct RelevanceScore: Sendable, Hashable {
  /// The metric of the distances.
  public let metric: Metric
  /// Whether the vectors have norm 1; counts for the inner product.
  public let isNormalized: Bool
  /// The number of dimensions or bits; counts for Hamming.
  public let dimension: Int

  /// The score of a space.
  public init(metric: Metric, isNormalized: Bool = false, dimension: Int) {
    self.metric = metric
    self.isNormalized = isNormalized
    self.dimension = dimension
  }

  /// The score of a space.
  public init(_ space: EmbeddingSpace) {
    self.init(metric: space.metric, isNormalized: space.isNormalized, dimension: space.dimension)
  }

  /// The relevance of a distance. Rounding errors do not take it out of 0…1; a NaN, which is no distance, stays one,
  /// and no threshold holds for it.
  public func relevance(distance: Float) -> Double {
    let d = Double(distance)
    guard !d.isNaN else { return .nan }
    let value =
      switch metric {
      case .cosine: 1 - d
      case .l2, .l1: 1 / (1 + max(0, d))
      case .innerProduct: isNormalized ? -d : 1 / (1 + Self.exponential(d))
      case .hamming: dimension > 0 ? 1 - d / Double(dimension) : 0
      case .jaccard: 1 - d
      }
    return min(max(value, 0), 1)
  }

  /// e to the power of x, without Foundation: the series on a part below ln 2 / 2, scaled by a power of two. Relative
  /// error below 1e-15.
  private static func exponential(_ x: Double) -> Double {
    if x > 709 { return .infinity }
    if x < -745 { return 0 }
    let ln2High = 6.93147180369123816490e-01
    let ln2Low = 1.90821492927058770002e-10
    let power = (x * 1.4426950408889634).rounded()
    let rest = (x - power * ln2High) - power * ln2Low
    var term = 1.0
    var sum = 1.0
    for n in 1...18 {
      term *= rest / Double(n)
      sum += term
    }
    let half = Int(power) / 2
    return sum * Self.powerOfTwo(half) * Self.powerOfTwo(Int(power) - half)
  }

  private static func powerOfTwo(_ power: Int) -> Double { Double(sign: .plus, exponent: power, significand: 1) }
}

extension RelevanceScore {
  /// The largest distance whose relevance is at least this; nil where there is none.
  ///
  /// Found by halving the ordered bit patterns of Float, so that it is exact for every metric and its rounding.
  ///
  /// - Complexity: 32 times ``relevance(distance:)``.
  public func distanceLimit(relevance: Double) -> Float? {
    func holds(_ key: Int64) -> Bool { self.relevance(distance: Self.float(of: key)) >= relevance }
    var (low, high) = (Self.key(of: -.infinity), Self.key(of: .infinity))
    guard holds(low) else { return nil }
    if holds(high) { return .infinity }
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return Self.float(of: low)
  }

  /// A number in the order of the Floats: −∞ … −0 as 0, 0 … ∞.
  private static func key(of value: Float) -> Int64 {
    let magnitude = Int64(value.magnitude.bitPattern)
    return value < 0 ? -magnitude : magnitude
  }

  private static func float(of key: Int64) -> Float {
    let magnitude = Float(bitPattern: UInt32(key.magnitude))
    return key < 0 ? -magnitude : magnitude
  }
}
