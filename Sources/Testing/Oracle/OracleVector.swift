// SPDX-License-Identifier: Apache-2.0

public import HNSW

/// A kind of vectors that an ``Oracle`` knows the true distances of: `[Float]`, `HalfVector`, `SparseVector`, `BitVector`.
public protocol OracleVector: IndexableVector {
  /// The number of dimensions, or bits.
  var dimensionCount: Int { get }

  /// Which distances are right for a pair of vectors of one dimension.
  ///
  /// - Complexity: O(dimension), for sparse vectors O(numbers other than zero).
  func allowedDistances(to other: Self, metric: Metric) -> AllowedDistances
}

extension Array: OracleVector where Element == Float {
  public var dimensionCount: Int { count }

  public func allowedDistances(to other: [Float], metric: Metric) -> AllowedDistances {
    var sums = ReferenceSums(metric)
    for (a, b) in zip(self, other) { sums.add(Double(a), Double(b)) }
    return sums.allowed
  }
}

extension HalfVector: OracleVector {
  public var dimensionCount: Int { count }

  public func allowedDistances(to other: HalfVector, metric: Metric) -> AllowedDistances {
    floats.allowedDistances(to: other.floats, metric: metric)
  }
}

extension SparseVector: OracleVector {
  public var dimensionCount: Int { dimension }

  public func allowedDistances(to other: SparseVector, metric: Metric) -> AllowedDistances {
    var sums = ReferenceSums(metric)
    var numbers: [Int32: (Float, Float)] = [:]
    for (index, value) in zip(indices, values) { numbers[index] = (value, 0) }
    for (index, value) in zip(other.indices, other.values) { numbers[index, default: (0, 0)].1 = value }
    for (a, b) in numbers.values { sums.add(Double(a), Double(b)) }
    return sums.allowed
  }
}

extension BitVector: OracleVector {
  public var dimensionCount: Int { count }

  public func allowedDistances(to other: BitVector, metric: Metric) -> AllowedDistances {
    var (differing, both, either) = (0, 0, 0)
    for (a, b) in zip(words, other.words) {
      differing += (a ^ b).nonzeroBitCount
      both += (a & b).nonzeroBitCount
      either += (a | b).nonzeroBitCount
    }
    return .counted(metric == .hamming ? Double(differing) : both == 0 ? 1 : 1 - Double(both) / Double(either))
  }
}
