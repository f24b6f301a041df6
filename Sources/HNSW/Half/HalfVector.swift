// SPDX-License-Identifier: Apache-2.0

/// A vector of numbers in half precision (IEEE 754 binary16): pgvector's `halfvec`.
public struct HalfVector: Sendable, Hashable {
  /// The numbers' bit patterns; all are finite.
  public let bitPatterns: [UInt16]

  /// Rounds each number to the nearest half, of two the even one, as pgvector's cast does.
  ///
  /// - Throws: ``VectorIndexError`` with `notFinite` for a NaN or an infinity, `outOfRange` for a number that rounds to infinity:
  ///   from ±65,520 on.
  public init(_ numbers: [Float]) throws(VectorIndexError) {
    try numbers.withUnsafeBufferPointer { (numbers) throws(VectorIndexError) in try VectorRules.checkFinite(numbers) }
    var bitPatterns: [UInt16] = []
    bitPatterns.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      guard let half = HalfFloat.bits(number) else {
        throw VectorIndexError(
          .outOfRange, "\(number) is beyond the range of half precision, ±65504: element \(index)")
      }
      bitPatterns.append(half)
    }
    self.bitPatterns = bitPatterns
  }

  /// Takes halves as they are.
  ///
  /// - Throws: ``VectorIndexError`` with `notFinite` for a NaN or an infinity.
  public init(bitPatterns: [UInt16]) throws(VectorIndexError) {
    if let index = bitPatterns.firstIndex(where: { $0 & 0x7C00 == 0x7C00 }) {
      let what = bitPatterns[index] & 0x3FF == 0 ? "infinite value" : "NaN"
      throw VectorIndexError(.notFinite, "\(what) not allowed in vector: element \(index)")
    }
    self.bitPatterns = bitPatterns
  }

  /// Halves of a row.
  init(row: UnsafeBufferPointer<UInt16>) { bitPatterns = Array(row) }

  /// The number of dimensions.
  public var count: Int { bitPatterns.count }

  /// The numbers in single precision, which holds them exactly.
  public var floats: [Float] { bitPatterns.map(HalfFloat.float) }
}

extension Distance {
  /// The distance of two vectors in half precision: that of their numbers in single precision, as pgvector computes it.
  ///
  /// - Throws: as for Float32 vectors, see ``distance(_:_:metric:)-([Float],[Float],_)``.
  /// - Complexity: O(dimension).
  public static func distance(_ a: HalfVector, _ b: HalfVector, metric: Metric) throws(VectorIndexError) -> Float {
    try VectorRules.checkNumeric(metric, "half-precision")
    for vector in [a, b] { try checkDimension(vector.count, atMost: VectorRules.dimensions.upperBound) }
    guard a.count == b.count else {
      throw VectorIndexError(.dimensionMismatch, "different halfvec dimensions \(a.count) and \(b.count)")
    }
    return between(Float32Kernels.padded(a.floats), Float32Kernels.padded(b.floats), metric: metric)
  }
}
