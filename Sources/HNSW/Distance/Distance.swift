// SPDX-License-Identifier: Apache-2.0

/// The distance of one pair of vectors: what pgvector's operator gives for it.
///
/// Like pgvector, sums are accumulated in Float32 and combined in Float64, and so the limits of Float32 are pgvector's too:
///
/// - A sum beyond 3.4e38 is infinite: `l2` and `l1` are then +∞, `ip` is ±∞, or NaN where both infinities meet.
/// - Under `cosine` a squared norm overflows above a norm of about 1.8e19: the distance is then 1, or NaN if the product
///   overflows as well. It underflows below about 2.6e-23: the distance is then 0 or 2, by the sign of the product, or NaN
///   if the product underflows as well.
///
/// Within these limits nothing differs but the order of addition, and so the last digits. A value of zero never has a
/// minus sign.
public enum Distance {
  /// The distance of two Float32 vectors.
  ///
  /// NaN under `cosine` where either vector has norm zero. A vector is at distance 0 from itself, exactly, under `l2`, `l1`
  /// and `cosine`.
  ///
  /// - Throws: ``VectorIndexError`` with `metricMismatch` for a metric of bit vectors, `invalidDimension` for a vector of
  ///   no or more than 16,000 dimensions, `dimensionMismatch` for vectors of different dimensions, `notFinite` for a NaN
  ///   or an infinity.
  /// - Complexity: O(dimension).
  public static func distance(_ a: [Float], _ b: [Float], metric: Metric) throws(VectorIndexError) -> Float {
    guard !metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "\(metric.rawValue) compares bit vectors, not Float32 vectors")
    }
    for vector in [a, b] { try checkDimension(vector.count, atMost: VectorRules.dimensions.upperBound) }
    guard a.count == b.count else {
      throw VectorIndexError(.dimensionMismatch, "different vector dimensions \(a.count) and \(b.count)")
    }
    for vector in [a, b] { try checkFinite(vector) }
    return between(Float32Kernels.padded(a), Float32Kernels.padded(b), metric: metric)
  }

  /// The distance of two padded vectors of one length.
  static func between(_ left: [Float], _ right: [Float], metric: Metric) -> Float {
    let count = left.count
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return .nan }
        switch metric {
        case .cosine:
          return cosine(
            dot: Float32Kernels.dot(left, right, count), squaredNorm: Float32Kernels.dot(left, left, count),
            squaredNorm: Float32Kernels.dot(right, right, count))
        case .innerProduct: return negated(dot: Float32Kernels.dot(left, right, count))
        case .l1: return Float32Kernels.l1(left, right, count)
        default: return Float32Kernels.squaredL2(left, right, count).squareRoot()
        }
      }
    }
  }

  /// The distance of two bit vectors of any length.
  ///
  /// - Throws: ``VectorIndexError`` with `metricMismatch` for a metric of Float32 vectors, `invalidDimension` for vectors
  ///   without a bit, `dimensionMismatch` for vectors of different lengths.
  /// - Complexity: O(bits / 64).
  public static func distance(_ a: BitVector, _ b: BitVector, metric: Metric) throws(VectorIndexError) -> Float {
    guard metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "\(metric.rawValue) compares Float32 vectors, not bit vectors")
    }
    for vector in [a, b] { try checkDimension(vector.count, atMost: .max) }
    guard a.count == b.count else {
      throw VectorIndexError(.dimensionMismatch, "different bit lengths \(a.count) and \(b.count)")
    }
    let words = a.words.count
    return a.words.withUnsafeBufferPointer { left in
      b.words.withUnsafeBufferPointer { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return .nan }
        guard metric == .jaccard else { return Float(BitKernels.hamming(left, right, words)) }
        return BitKernels.jaccard(
          left, right, words,
          populations: BitKernels.population(left, words) + BitKernels.population(right, words))
      }
    }
  }

  /// The cosine distance from what the kernels add up.
  @inline(__always)
  static func cosine(dot: Float, squaredNorm a: Float, squaredNorm b: Float) -> Float {
    let similarity = Double(dot) / (Double(a) * Double(b)).squareRoot()
    return Float(1 - (similarity > 1 ? 1 : similarity < -1 ? -1 : similarity))
  }

  /// The negated inner product; 0 for 0.
  @inline(__always)
  static func negated(dot: Float) -> Float { 0 - dot }

  static func checkDimension(_ count: Int, atMost limit: Int) throws(VectorIndexError) {
    guard count >= 1 else { throw VectorIndexError(.invalidDimension, "vector must have at least 1 dimension") }
    guard count <= limit else {
      throw VectorIndexError(
        .invalidDimension, "vector cannot have more than \(limit) dimensions, and this one has \(count)")
    }
  }

  private static func checkFinite(_ vector: [Float]) throws(VectorIndexError) {
    try vector.withUnsafeBufferPointer { (elements) throws(VectorIndexError) in try VectorRules.checkFinite(elements) }
  }
}
