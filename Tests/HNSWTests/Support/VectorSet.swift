// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// Rows of Float32 numbers, one after another.
struct VectorSet: Sendable {
  let dimension: Int
  var values: [Float]

  var count: Int { values.count / dimension }

  subscript(row: Int) -> [Float] { Array(values[row * dimension..<(row + 1) * dimension]) }

  /// The first `count` rows, and those behind them.
  func split(_ count: Int) -> (VectorSet, VectorSet) {
    (
      VectorSet(dimension: dimension, values: Array(values.prefix(count * dimension))),
      VectorSet(dimension: dimension, values: Array(values.dropFirst(count * dimension)))
    )
  }

  func rows(_ range: Range<Int>) -> [Float] {
    Array(values[range.lowerBound * dimension..<range.upperBound * dimension])
  }

  /// The signs of the numbers, as bits.
  var bits: [BitVector] { (0..<count).map { row in BitVector(self[row].map { $0 > 0 }) } }

  private init(_ count: Int, _ dimension: Int, _ number: (_ row: Int, _ column: Int) -> Double) {
    var values: [Float] = []
    values.reserveCapacity(count * dimension)
    for row in 0..<count { for column in 0..<dimension { values.append(Float(number(row, column))) } }
    self.init(dimension: dimension, values: values)
  }

  init(dimension: Int, values: [Float]) {
    self.dimension = dimension
    self.values = values
  }

  /// Standard normal numbers: no structure at all.
  static func normal(_ count: Int, dimension: Int, seed: UInt64) -> VectorSet {
    var generator = SeededGenerator(seed)
    return VectorSet(count, dimension) { (_, _) in generator.normal() }
  }

  /// Clouds of normal numbers around normal centers; row i belongs to cluster i mod `clusters`.
  static func clustered(
    _ count: Int, dimension: Int, clusters: Int, spread: Double = 0.4, seed: UInt64
  ) -> VectorSet {
    let centers = normal(clusters, dimension: dimension, seed: seed ^ 0xC1)
    var generator = SeededGenerator(seed)
    return VectorSet(count, dimension) { row, column in
      Double(centers.values[row % clusters * dimension + column]) + spread * generator.normal()
    }
  }

  /// The same rows moved by `offset` in every dimension.
  func shifted(by offset: Float) -> VectorSet { VectorSet(dimension: dimension, values: values.map { $0 + offset }) }

  /// The same directions with norms spread over `decades` powers of ten.
  func scaled(overDecades decades: Double, seed: UInt64) -> VectorSet {
    var generator = SeededGenerator(seed)
    var copy = self
    for row in 0..<count {
      let factor = Float(pow(10, decades * (generator.uniform() - 0.5)))
      for column in 0..<dimension { copy.values[row * dimension + column] *= factor }
    }
    return copy
  }

  /// The same rows with one dimension made `factor` times as large.
  func dominated(by column: Int, factor: Float) -> VectorSet {
    var copy = self
    for row in 0..<count { copy.values[row * dimension + column] *= factor }
    return copy
  }
}
