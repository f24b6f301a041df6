// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// Random operations on an exact index and on its model: every answer is the model's, value for value and in its order.
@Suite("Exact index, against a model")
struct ExactModelTests {
  private static let floatMetrics = Metric.allCases.filter { !$0.isBinary }

  /// Small whole numbers, so that many distances are equal, some vectors are zero and many come twice.
  private static func coarse(_ dimension: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<dimension).map { _ in Float(generator.below(3) - 1) }
  }

  private static func fine(_ dimension: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<dimension).map { _ in Float(generator.normal()) }
  }

  @Test(arguments: floatMetrics, [1, 2, 3, 8, 13]) func coarseVectors(metric: Metric, dimension: Int) throws {
    try run(metric, dimension, seed: 11, steps: 1_500, Self.coarse) { try Distance.distance($0, $1, metric: metric) }
  }

  @Test(arguments: floatMetrics, [5, 24, 100]) func fineVectors(metric: Metric, dimension: Int) throws {
    try run(metric, dimension, seed: 12, steps: 600, Self.fine) { try Distance.distance($0, $1, metric: metric) }
  }

  @Test(arguments: [Metric.hamming, .jaccard], [1, 7, 64, 130]) func bits(metric: Metric, dimension: Int) throws {
    try run(metric, dimension, seed: 13, steps: 1_500) { dimension, generator in
      BitVector((0..<dimension).map { _ in generator.oneIn(3) })
    } distance: {
      try Distance.distance($0, $1, metric: metric)
    }
  }

  /// - Parameter make: a random vector; two of them may be equal.
  private func run<Vector: IndexableVector & Equatable>(
    _ metric: Metric, _ dimension: Int, seed: UInt64, steps: Int,
    _ make: (Int, inout SeededGenerator) -> Vector,
    distance: @escaping @Sendable (Vector, Vector) throws -> Float
  ) throws {
    var generator = SeededGenerator(seed &+ UInt64(dimension))
    var index = try ExactIndex<Vector>(dimension: dimension, metric: metric)
    var model = ExactModel<Vector>(distance)
    for step in 0..<steps {
      let label = UInt64(generator.below(200)) &* 0x0123_4567_89AB_CDEF
      switch generator.below(10) {
      case 0..<5:
        let vector = make(dimension, &generator)
        try index.upsert(label: label, vector: vector)
        model[label] = vector
      case 5..<7:
        let vector = make(dimension, &generator)
        if model[label] == nil {
          try index.add(label: label, vector: vector)
          model[label] = vector
        } else {
          expectError(.duplicateLabel) { try index.add(label: label, vector: vector) }
        }
      case 7..<9:
        let removed = index.remove(label: label)
        #expect(removed == (model[label] != nil))
        model[label] = nil
      default:
        #expect(index.vector(label: label) == model[label])
        #expect(index.contains(label: label) == (model[label] != nil))
      }
      #expect(index.count == model.vectors.count)
      if step % 40 == 0 { try compare(index, model, make(dimension, &generator), make, &generator) }
    }
    for label in model.labels { #expect(index.vector(label: label) == model[label]) }
  }

  /// Compares searches of every kind, one by one and as a batch.
  private func compare<Vector: IndexableVector & Equatable>(
    _ index: ExactIndex<Vector>, _ model: ExactModel<Vector>, _ query: Vector,
    _ make: (Int, inout SeededGenerator) -> Vector, _ generator: inout SeededGenerator
  ) throws {
    guard errorCode({ try index.search(query, k: 1) }) != .zeroNormQuery else { return }
    let all = try model.search(query, k: .max)
    let k = [0, 1, 2, 10, model.vectors.count, model.vectors.count + 7, .max][generator.below(7)]
    let some = Set(model.labels.filter { _ in generator.oneIn(2) } + [5, 6])
    let few = Set(model.labels.filter { _ in generator.oneIn(20) } + [7])
    let within = all.isEmpty ? nil : all[generator.below(all.count)].distance
    let limits: [Float?] = [nil, within, within.map(\.nextDown), -.infinity, .infinity]
    for allow in [nil, [], some, few, Set(model.labels)] {
      for limit in limits {
        let expected = try model.search(query, k: k, allow: allow, distanceLimit: limit)
        #expect(try index.search(query, k: k, allow: allow, distanceLimit: limit) == expected)
      }
    }
    var queries = (0..<40).map { _ in make(index.dimension, &generator) }
    queries.removeAll { query in errorCode { try index.search(query, k: 1) } == .zeroNormQuery }
    for (allow, threads) in [(nil, 1), (nil, 3), (some, 1), (some, 2), (few, 1), (few, 50)] {
      let single = try queries.map { try index.search($0, k: k, allow: allow, distanceLimit: within) }
      let batch = try index.searchBatch(queries, k: k, allow: allow, distanceLimit: within, threads: threads)
      #expect(batch == single)
    }
  }

  /// Counts around the sizes of blocks and groups, so that every loop has its last, partial round.
  @Test(arguments: floatMetrics) func countsAroundTheBlocks(metric: Metric) throws {
    let dimension = 9
    var generator = SeededGenerator(14)
    let all = VectorSet.normal(2_060, dimension: dimension, seed: 15)
    let queries = (0..<18).map { _ in Self.fine(dimension, &generator) }
    var index = try ExactIndex<[Float]>(dimension: dimension, metric: metric)
    var model = ExactModel<[Float]> { try Distance.distance($0, $1, metric: metric) }
    for row in 0..<all.count {
      try index.add(label: UInt64(row), vector: all[row])
      model[UInt64(row)] = all[row]
      let count = row + 1
      guard count < 20 || (1_020...1_030).contains(count) || (2_045...2_060).contains(count) else { continue }
      let some = Set((0..<UInt64(count)).filter { $0 % 7 != 3 })
      let few = Set((0..<UInt64(count)).filter { $0 % 7 == 3 })
      for allow in [nil, some, few] {
        let expected = try queries.prefix(2).map { try model.search($0, k: 5, allow: allow) }
        #expect(try queries.prefix(2).map { try index.search($0, k: 5, allow: allow) } == expected)
        #expect(try index.searchBatch(queries, k: 5, allow: allow).prefix(2) == expected.prefix(2))
      }
    }
  }

  /// The model shares ``Distance`` with the index; here the judge is Float64.
  @Test(arguments: floatMetrics, [1, 7, 16, 384, 1_001]) func areNearestInFloat64(metric: Metric, dimension: Int) throws
  {
    let set = VectorSet.clustered(500, dimension: dimension, clusters: 20, seed: 16)
    var index = try ExactIndex<[Float]>(dimension: dimension, metric: metric)
    var model = ReferenceIndex(metric)
    for row in 0..<set.count {
      try index.add(label: UInt64(row), vector: set[row])
      model.upsert(UInt64(row), .floats(set[row]))
    }
    for row in stride(from: 0, to: 500, by: 100) {
      let query = set[row].map { $0 * 1.25 }
      model.expect(try index.search(query, k: 20), areNearest: 20, to: .floats(query))
    }
  }
}
