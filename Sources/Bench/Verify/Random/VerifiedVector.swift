// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreTesting

/// A kind of vectors that the engine and pgvector both have.
protocol VerifiedVector: OracleVector {
  static var columnType: VectorColumnType { get }

  /// Two vectors of one dimension.
  static func randomPair(_ random: inout SeededGenerator) throws -> (Self, Self)

  /// A vector of a table, of few dimensions, that often is at the same distance as others.
  static func random(dimension: Int, _ random: inout SeededGenerator) throws -> Self

  /// What pgvector's `…_recv` reads.
  var wireBytes: [UInt8] { get throws }

  /// The engine's distance.
  func engineDistance(to other: Self, metric: Metric) throws -> Float
}

extension [Float]: VerifiedVector {
  static var columnType: VectorColumnType { .vector }

  static func randomPair(_ random: inout SeededGenerator) -> ([Float], [Float]) {
    RandomNumbers(isHalf: false).pair(RandomNumbers.dimension(&random), &random)
  }

  static func random(dimension: Int, _ random: inout SeededGenerator) -> [Float] {
    RandomNumbers(isHalf: false).list(dimension, &random)
  }

  var wireBytes: [UInt8] { get throws { try VectorCodec.encode(self, as: .vector) } }

  func engineDistance(to other: [Float], metric: Metric) throws -> Float {
    try Distance.distance(self, other, metric: metric)
  }
}

extension HalfVector: VerifiedVector {
  static var columnType: VectorColumnType { .halfvec }

  static func randomPair(_ random: inout SeededGenerator) throws -> (HalfVector, HalfVector) {
    let (a, b) = RandomNumbers(isHalf: true).pair(RandomNumbers.dimension(&random), &random)
    return (try HalfVector(a), try HalfVector(b))
  }

  static func random(dimension: Int, _ random: inout SeededGenerator) throws -> HalfVector {
    try HalfVector(RandomNumbers(isHalf: true).list(dimension, &random))
  }

  var wireBytes: [UInt8] { VectorCodec.encode(self) }

  func engineDistance(to other: HalfVector, metric: Metric) throws -> Float {
    try Distance.distance(self, other, metric: metric)
  }
}

extension SparseVector: VerifiedVector {
  static var columnType: VectorColumnType { .sparsevec }

  static func randomPair(_ random: inout SeededGenerator) throws -> (SparseVector, SparseVector) {
    let count = RandomNumbers.dimension(&random)
    let (a, b) = RandomNumbers(isHalf: false).pair(count, &random)
    let dimension = random.oneIn(4) ? 1_000_000_000 : count * (1 + random.below(4))
    // Places among few, so that they meet.
    let places = (0..<count).map { Int32($0 * (dimension / count)) }
    let share = 1 + random.below(3)
    func vector(_ numbers: [Float]) throws -> SparseVector {
      let kept = numbers.indices.filter { numbers[$0] != 0 && random.oneIn(share) }
      return try SparseVector(dimension: dimension, indices: kept.map { places[$0] }, values: kept.map { numbers[$0] })
    }
    return (try vector(a), try vector(b))
  }

  static func random(dimension: Int, _ random: inout SeededGenerator) throws -> SparseVector {
    let share = 1 + random.below(3)
    return try SparseVector(
      RandomNumbers(isHalf: false).list(dimension, &random).map { random.oneIn(share) ? $0 : 0 })
  }

  var wireBytes: [UInt8] { VectorCodec.encode(self) }

  func engineDistance(to other: SparseVector, metric: Metric) throws -> Float {
    try Distance.distance(self, other, metric: metric)
  }
}

extension BitVector: VerifiedVector {
  static var columnType: VectorColumnType { .bit }

  static func randomPair(_ random: inout SeededGenerator) throws -> (BitVector, BitVector) {
    let count = random.oneIn(1_000) ? 64_000 : RandomNumbers.dimension(&random)
    let first = try Self.random(dimension: count, &random)
    switch random.below(8) {
    case 0: return (first, first)
    case 1: return (first, try BitVector(count: count, words: zip(first.words, all(count).words).map { $0 ^ $1 }))
    default: return (first, try Self.random(dimension: count, &random))
    }
  }

  private static func all(_ count: Int) -> BitVector { BitVector(Array(repeating: true, count: count)) }

  static func random(dimension: Int, _ random: inout SeededGenerator) throws -> BitVector {
    let mask = all(dimension)
    let density = random.below(4)
    return try BitVector(
      count: dimension,
      words: mask.words.map { mask in
        switch density {
        case 0: random.oneIn(4) ? mask : 0
        case 1: mask & random.next() & random.next() & random.next()
        default: mask & random.next()
        }
      })
  }

  var wireBytes: [UInt8] { VectorCodec.encode(self) }

  func engineDistance(to other: BitVector, metric: Metric) throws -> Float {
    try Distance.distance(self, other, metric: metric)
  }
}
