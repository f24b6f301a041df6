// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Half-precision vectors")
struct HalfVectorTests {
  private static let metrics = Metric.allCases.filter { !$0.isBinary }

  /// The number of a half by its definition: sign, five bits of exponent, ten of fraction.
  private static func value(_ bits: UInt16) -> Double {
    let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 0x3FF))
    let magnitude =
      exponent == 0
      ? fraction * 0x1p-24 : (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }

  @Test func everyHalfIsItselfAndItsNumberIsExact() throws {
    for bits in UInt16(0)...0xFFFF where bits & 0x7C00 != 0x7C00 {
      let vector = try HalfVector(bitPatterns: [bits])
      #expect(Double(vector.floats[0]) == Self.value(bits))
      #expect(try HalfVector(vector.floats) == vector)
    }
  }

  @Test func numbersBetweenTwoHalvesGoToTheNearestAndTiesToTheEven() throws {
    for bits in UInt16(0)..<0x7BFF {
      let (low, high) = (Self.value(bits), Self.value(bits + 1))
      let middle = Float((low + high) / 2)
      let even = bits & 1 == 0 ? bits : bits + 1
      #expect(try HalfVector([middle, -middle]).bitPatterns == [even, even | 0x8000])
      #expect(try HalfVector([middle.nextDown, middle.nextUp]).bitPatterns == [bits, bits + 1])
    }
  }

  @Test func whatRoundsToInfinityIsRefused() throws {
    #expect(try HalfVector([Float(65_520).nextDown]).floats == [65_504])
    for number: Float in [65_520, -65_520, .greatestFiniteMagnitude] {
      expectError(.outOfRange) { try HalfVector([0, number]) }
    }
    for number in [Float.nan, .infinity, -.infinity] { expectError(.notFinite) { try HalfVector([number]) } }
    for bits: UInt16 in [0x7C00, 0xFC00, 0x7E00] { expectError(.notFinite) { try HalfVector(bitPatterns: [bits]) } }
  }

  @Test func distancesAreThoseOfTheNumbersInSinglePrecision() throws {
    var generator = SeededGenerator(1)
    for dimension in [1, 2, 7, 8, 9, 31, 100, 1_000, 16_000] {
      let (a, b) = try (half(dimension, &generator), half(dimension, &generator))
      for metric in Self.metrics {
        let value = try Distance.distance(a, b, metric: metric)
        #expect(value == (try Distance.distance(a.floats, b.floats, metric: metric)))
        let (left, right) = (TestVector.floats(a.floats), TestVector.floats(b.floats))
        let exact = try #require(ReferenceDistance.between(left, right, metric))
        let tolerance = ReferenceDistance.tolerance(left, right, metric)
        #expect((Double(value) - exact).magnitude <= tolerance, "\(dimension) dimensions, \(metric)")
      }
    }
  }

  @Test func badPairsAreRefused() throws {
    let (one, two) = (try HalfVector([1]), try HalfVector([1, 2]))
    expectError(.dimensionMismatch) { try Distance.distance(one, two, metric: .l2) }
    expectError(.metricMismatch) { try Distance.distance(one, one, metric: .hamming) }
    let (none, many) = (try HalfVector([Float]()), try HalfVector([Float](repeating: 0, count: 16_001)))
    expectError(.invalidDimension) { try Distance.distance(none, none, metric: .l2) }
    expectError(.invalidDimension) { try Distance.distance(many, many, metric: .l2) }
    expectError(.invalidDimension) { try ExactIndex<HalfVector>(dimension: 16_001, metric: .l2) }
    expectError(.metricMismatch) { try ExactIndex<HalfVector>(dimension: 1, metric: .jaccard) }
  }

  @Test(arguments: metrics) func anExactIndexFindsTheNearest(metric: Metric) throws {
    var generator = SeededGenerator(2)
    var index = try ExactIndex<HalfVector>(dimension: 21, metric: metric)
    var rows: [UInt64: HalfVector] = [:]
    for label in UInt64(0)..<300 {
      rows[label] = try half(21, &generator)
      try index.upsert(label: label / 2, vector: try half(21, &generator))
      try index.upsert(label: label, vector: try #require(rows[label]))
    }
    for label in stride(from: UInt64(0), to: 300, by: 7) {
      let wasThere = index.remove(label: label)
      #expect(wasThere)
      rows[label] = nil
    }
    // Half of the labels were replaced by a later one's vector.
    for label in rows.keys { rows[label] = index.vector(label: label) }
    let query = try half(21, &generator)
    let expected = try rows.map {
      Neighbor(label: $0.key, distance: try Distance.distance(query, $0.value, metric: metric))
    }.sorted()
    #expect(try index.search(query, k: 20) == Array(expected.prefix(20)))
    #expect(try index.search(query, k: 5, allow: [3, 4, 5]) == expected.filter { (3...5).contains($0.label) })
  }

  @Test func aZeroVectorHasNoDirection() throws {
    var index = try ExactIndex<HalfVector>(dimension: 2, metric: .cosine)
    try index.add(label: 1, vector: try HalfVector([0, 0]))
    try index.add(label: 2, vector: try HalfVector([0, 1]))
    #expect(try index.search(try HalfVector([1, 0]), k: 2).map(\.label) == [2])
    expectError(.zeroNormQuery) { try index.search(try HalfVector([0, -0.0]), k: 1) }
    expectError(.dimensionMismatch) { try index.add(label: 3, vector: try HalfVector([1])) }
  }

  private func half(_ dimension: Int, _ generator: inout SeededGenerator) throws -> HalfVector {
    try HalfVector((0..<dimension).map { _ in Float(generator.normal()) })
  }
}
