// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A generated base with queries. It depends on its arguments alone, on one kind of machine: logarithm and cosine may
/// differ in their last bits between systems.
package struct GeneratedVectors: Sendable {
  package let base: Matrix<Float>
  package let queries: Matrix<Float>

  /// - Precondition: `rows`, `queryCount` and `dimension` are positive, and their products no overflow.
  package init(_ shape: GeneratedShape, rows: Int, queries queryCount: Int, dimension: Int, seed: UInt64) {
    let clusters = max(1, rows / 200)
    switch shape {
    case .clustered:
      var source = ClusteredVectors(dimension: dimension, clusters: clusters, seed: seed)
      base = source.next(rows)
      queries = source.next(queryCount)
    case .ood:
      var source = ClusteredVectors(dimension: dimension, clusters: clusters, seed: seed)
      base = source.next(rows)
      // Half of a vector of the base's kind and half of one of clusters that the base has none of.
      var foreign = ClusteredVectors(
        dimension: dimension, clusters: clusters, seed: SplitMix64.output(seed: seed, index: 1))
      let (near, far) = (source.next(queryCount), foreign.next(queryCount))
      queries = Matrix(dimension: dimension, values: zip(near.values, far.values).map { ($0 + $1) / 2 })
    case .uniform:
      var random = SplitMix64(seed: seed)
      base = Self.uniform(rows, dimension, &random)
      queries = Self.uniform(queryCount, dimension, &random)
    case .unit:
      // Of one cluster without a centre all directions are as likely: normal numbers, divided by their length.
      var random = SplitMix64(seed: seed)
      base = Self.unit(rows, dimension, &random)
      queries = Self.unit(queryCount, dimension, &random)
    }
  }

  private static func uniform(_ count: Int, _ dimension: Int, _ random: inout SplitMix64) -> Matrix<Float> {
    Matrix(
      dimension: dimension, values: (0..<count * dimension).map { _ in Float.random(in: -1...1, using: &random) })
  }

  private static func unit(_ count: Int, _ dimension: Int, _ random: inout SplitMix64) -> Matrix<Float> {
    var values: [Float] = []
    values.reserveCapacity(count * dimension)
    for _ in 0..<count {
      let vector = (0..<dimension).map { _ in NormalNumber.next(&random) }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      values += length > 0 ? vector.map { Float($0 / length) } : [1] + Array(repeating: 0, count: dimension - 1)
    }
    return Matrix(dimension: dimension, values: values)
  }
}
