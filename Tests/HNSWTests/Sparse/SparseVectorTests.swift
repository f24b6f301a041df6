// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Sparse vectors")
struct SparseVectorTests {
  private static let metrics = Metric.allCases.filter { !$0.isBinary }

  @Test func zerosAreLeftOut() throws {
    let vector = try SparseVector([0, 1.5, -0.0, -2])
    #expect(vector.indices == [1, 3])
    #expect(vector.values == [1.5, -2])
    #expect(vector.floats == [0, 1.5, 0, -2])
    #expect(try SparseVector(dimension: 4, indices: [1, 3], values: [1.5, -2]) == vector)
  }

  @Test func badVectorsAreRefused() throws {
    func refused(
      _ code: VectorIndexError.Code, _ dimension: Int, _ indices: [Int32], _ values: [Float],
      location: SourceLocation = #_sourceLocation
    ) {
      expectError(code, sourceLocation: location) {
        try SparseVector(dimension: dimension, indices: indices, values: values)
      }
    }
    refused(.invalidDimension, 0, [], [])
    refused(.invalidDimension, 1_000_000_001, [], [])
    refused(.invalidDimension, 16_001, Array(0...16_000), [Float](repeating: 1, count: 16_001))
    refused(.invalidArgument, 3, [0, 1], [1])
    refused(.invalidArgument, 3, [2, 1], [1, 1])
    refused(.invalidArgument, 3, [1, 1], [1, 1])
    refused(.invalidArgument, 3, [3], [1])
    refused(.invalidArgument, 3, [-1], [1])
    refused(.invalidArgument, 3, [1], [-0.0])
    refused(.notFinite, 3, [1], [.nan])
    refused(.notFinite, 3, [1], [-.infinity])
    expectError(.invalidDimension) { try SparseVector([]) }
    expectError(.invalidDimension) { try SparseVector([Float](repeating: 1, count: 16_001)) }
    let largest = try SparseVector(dimension: 1_000_000_000, indices: [0, 999_999_999], values: [1, 2])
    #expect(try Distance.distance(largest, largest, metric: .innerProduct) == -5)
  }

  @Test func distancesAreThoseOfFloat64() throws {
    var generator = SeededGenerator(1)
    for (dimension, share) in [(1, 1), (2, 2), (9, 2), (100, 3), (1_000, 50), (16_000, 1)] {
      let (a, b) = try (
        sparse(dimension, oneIn: share, &generator), sparse(dimension, oneIn: share, &generator)
      )
      let (left, right) = (TestVector.floats(a.floats), TestVector.floats(b.floats))
      for metric in Self.metrics {
        let value = try Distance.distance(a, b, metric: metric)
        let back = try Distance.distance(b, a, metric: metric)
        #expect(value == back || value.isNaN && back.isNaN)
        guard let exact = ReferenceDistance.between(left, right, metric) else {
          #expect(value.isNaN)
          continue
        }
        // One accumulator, where the dense kernels have eight.
        let tolerance = 20 * ReferenceDistance.tolerance(left, right, metric)
        #expect(
          (Double(value) - exact).magnitude <= tolerance, "\(dimension) dimensions, \(metric): \(value), \(exact)")
      }
    }
  }

  @Test func badPairsAreRefused() throws {
    let (one, two) = (try SparseVector([1]), try SparseVector([1, 2]))
    expectError(.dimensionMismatch) { try Distance.distance(one, two, metric: .l2) }
    expectError(.metricMismatch) { try Distance.distance(one, one, metric: .hamming) }
    expectError(.metricMismatch) { try ExactIndex<SparseVector>(dimension: 1, metric: .jaccard) }
    expectError(.invalidDimension) { try ExactIndex<SparseVector>(dimension: 0, metric: .l2) }
  }

  @Test(arguments: metrics) func anExactIndexFindsTheNearest(metric: Metric) throws {
    var generator = SeededGenerator(2)
    var index = try ExactIndex<SparseVector>(dimension: 1_000_000, metric: metric)
    var rows: [UInt64: SparseVector] = [:]
    for label in UInt64(0)..<200 {
      try index.upsert(label: label / 2, vector: try wide(&generator))
      rows[label] = try wide(&generator)
      try index.upsert(label: label, vector: try #require(rows[label]))
    }
    for label in stride(from: UInt64(0), to: 200, by: 7) {
      let wasThere = index.remove(label: label)
      #expect(wasThere)
      rows[label] = nil
    }
    for label in rows.keys { rows[label] = index.vector(label: label) }
    let query = try wide(&generator)
    let expected = try rows.map {
      Neighbor(label: $0.key, distance: try Distance.distance(query, $0.value, metric: metric))
    }.sorted()
    #expect(try index.search(query, k: 20) == Array(expected.prefix(20)))
    #expect(try index.search(query, k: 5, allow: [3, 4, 5]) == expected.filter { (3...5).contains($0.label) })
  }

  @Test func aZeroVectorHasNoDirection() throws {
    var index = try ExactIndex<SparseVector>(dimension: 2, metric: .cosine)
    try index.add(label: 1, vector: try SparseVector([0, 0]))
    try index.add(label: 2, vector: try SparseVector([0, 1]))
    #expect(try index.search(try SparseVector([1, 0]), k: 2).map(\.label) == [2])
    expectError(.zeroNormQuery) { try index.search(try SparseVector([0, 0]), k: 1) }
    expectError(.dimensionMismatch) { try index.add(label: 3, vector: try SparseVector([1])) }
  }

  private func sparse(_ dimension: Int, oneIn share: Int, _ generator: inout SeededGenerator) throws -> SparseVector {
    try SparseVector((0..<dimension).map { _ in generator.below(share) == 0 ? Float(generator.normal()) : 0 })
  }

  /// Twenty numbers among a million, the places of which often meet those of others.
  private func wide(_ generator: inout SeededGenerator) throws -> SparseVector {
    let places = Set((0..<20).map { _ in Int32(generator.below(60)) * 16_000 }).sorted()
    return try SparseVector(
      dimension: 1_000_000, indices: places, values: places.map { _ in Float(generator.normal() + 0.1) })
  }
}
