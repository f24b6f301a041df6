// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Random vectors in clusters, each of which spreads along a few directions of its own.
struct ClusteredVectors {
  private static let directionsOfCluster = 12

  private let dimension: Int
  private var random: SplitMix64
  /// For each cluster its centre and then its directions.
  private var clusters: [[[Float]]] = []

  /// A source of vectors that depends on its arguments alone.
  init(dimension: Int, clusters count: Int, seed: UInt64) {
    self.dimension = dimension
    random = SplitMix64(seed: seed)
    for _ in 0..<count {
      clusters.append((0...Self.directionsOfCluster).map { _ in gaussian() })
    }
  }

  /// The next `count` vectors.
  mutating func next(_ count: Int) -> Matrix<Float> {
    var values: [Float] = []
    values.reserveCapacity(count * dimension)
    for _ in 0..<count {
      let cluster = clusters[Int.random(in: clusters.indices, using: &random)]
      var vector = cluster[0]
      for direction in cluster.dropFirst() {
        let weight = 0.5 * gaussian()
        for index in vector.indices {
          vector[index] += weight * direction[index]
        }
      }
      values += vector
    }
    return Matrix(dimension: dimension, values: values)
  }

  private mutating func gaussian() -> [Float] {
    (0..<dimension).map { _ in gaussian() }
  }

  private mutating func gaussian() -> Float {
    Float(NormalNumber.next(&random))
  }
}
