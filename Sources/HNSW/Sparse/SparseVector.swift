// SPDX-License-Identifier: Apache-2.0

/// A vector that holds its numbers other than zero only: pgvector's `sparsevec`.
public struct SparseVector: Sendable, Hashable {
  /// The number of dimensions, 1…1,000,000,000.
  public let dimension: Int
  /// The places of the numbers, from 0, ascending. (pgvector's text form counts them from 1.)
  public let indices: [Int32]
  /// The numbers at these places: finite, none of them zero.
  public let values: [Float]

  /// A vector of numbers at their places.
  ///
  /// - Throws: ``VectorIndexError`` with `invalidDimension` for no or more than a billion dimensions and for more than 16,000
  ///   numbers, `notFinite`, and `invalidArgument` for another count of numbers than places, places that do not ascend or are
  ///   not below the dimension, and zeros: pgvector's rules.
  public init(dimension: Int, indices: [Int32], values: [Float]) throws(VectorIndexError) {
    try VectorRules.checkSparseDimension(dimension)
    guard indices.count == values.count else {
      throw VectorIndexError(.invalidArgument, "\(indices.count) indices need as many numbers, not \(values.count)")
    }
    guard values.count <= VectorRules.nonZeros else {
      throw VectorIndexError(
        .invalidDimension,
        "a sparse vector cannot have more than \(VectorRules.nonZeros) numbers other than zero, and this one has \(values.count)"
      )
    }
    var previous: Int32 = -1
    for (place, index) in indices.enumerated() {
      guard index >= 0, Int(index) < dimension else {
        throw VectorIndexError(.invalidArgument, "index \(index) at place \(place) is outside 0..<\(dimension)")
      }
      guard index > previous else {
        throw VectorIndexError(
          .invalidArgument,
          index == previous
            ? "index \(index) comes twice" : "indices must ascend, but \(index) at place \(place) follows \(previous)")
      }
      previous = index
    }
    try values.withUnsafeBufferPointer { (values) throws(VectorIndexError) in try VectorRules.checkFinite(values) }
    if let place = values.firstIndex(of: 0) {
      throw VectorIndexError(.invalidArgument, "a sparse vector holds no zeros, but there is one at place \(place)")
    }
    (self.dimension, self.indices, self.values) = (dimension, indices, values)
  }

  /// The same vector without its zeros.
  ///
  /// - Throws: as ``init(dimension:indices:values:)``.
  /// - Complexity: O(`numbers.count`).
  public init(_ numbers: [Float]) throws(VectorIndexError) {
    try VectorRules.checkSparseDimension(numbers.count)
    let places = numbers.indices.filter { numbers[$0] != 0 }
    try self.init(
      dimension: numbers.count, indices: places.map { Int32($0) }, values: places.map { numbers[$0] })
  }

  /// All numbers, zeros included.
  ///
  /// - Complexity: O(``dimension``), in memory too: 4 GB for a billion dimensions.
  public var floats: [Float] {
    var numbers = [Float](repeating: 0, count: dimension)
    for (index, value) in zip(indices, values) { numbers[Int(index)] = value }
    return numbers
  }
}

extension Distance {
  /// The distance of two sparse vectors, by the places where either has a number.
  ///
  /// - Throws: ``VectorIndexError`` with `metricMismatch` for a metric of bit vectors, `dimensionMismatch`.
  /// - Complexity: O(numbers other than zero in both).
  public static func distance(_ a: SparseVector, _ b: SparseVector, metric: Metric) throws(VectorIndexError) -> Float {
    try VectorRules.checkNumeric(metric, "sparse")
    guard a.dimension == b.dimension else {
      throw VectorIndexError(.dimensionMismatch, "different sparsevec dimensions \(a.dimension) and \(b.dimension)")
    }
    return SparseKernels.distance(
      a, b, metric: metric, squaredNorms: (SparseKernels.squaredNorm(a), SparseKernels.squaredNorm(b)))
  }
}
