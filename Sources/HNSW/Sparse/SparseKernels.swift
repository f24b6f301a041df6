// SPDX-License-Identifier: Apache-2.0

/// Sums over the numbers of sparse vectors, in the order of their places, as pgvector adds them.
enum SparseKernels {
  /// Calls `body` for each place where either vector has a number, with both numbers.
  @inline(__always)
  private static func merge(_ a: SparseVector, _ b: SparseVector, _ body: (Float, Float) -> Void) {
    var (left, right) = (0, 0)
    let (leftCount, rightCount) = (a.indices.count, b.indices.count)
    while left < leftCount, right < rightCount {
      let (leftIndex, rightIndex) = (a.indices[left], b.indices[right])
      body(leftIndex <= rightIndex ? a.values[left] : 0, rightIndex <= leftIndex ? b.values[right] : 0)
      if leftIndex <= rightIndex { left += 1 }
      if rightIndex <= leftIndex { right += 1 }
    }
    for place in left..<leftCount { body(a.values[place], 0) }
    for place in right..<rightCount { body(0, b.values[place]) }
  }

  static func squaredNorm(_ a: SparseVector) -> Float { a.values.reduce(0) { $0 + $1 * $1 } }

  /// - Parameter squaredNorms: of both, which count for cosine.
  static func distance(
    _ a: SparseVector, _ b: SparseVector, metric: Metric, squaredNorms: (Float, Float)
  ) -> Float {
    var sum: Float = 0
    switch metric {
    case .cosine, .innerProduct:
      merge(a, b) { sum += $0 * $1 }
      guard metric == .cosine else { return Distance.negated(dot: sum) }
      return Distance.cosine(dot: sum, squaredNorm: squaredNorms.0, squaredNorm: squaredNorms.1)
    case .l1:
      merge(a, b) { sum += ($0 - $1).magnitude }
      return sum
    default:
      merge(a, b) { sum += ($0 - $1) * ($0 - $1) }
      return sum.squareRoot()
    }
  }
}
