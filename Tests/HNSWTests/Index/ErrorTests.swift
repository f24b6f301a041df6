// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Errors")
struct ErrorTests {
  private static let good: [Float] = [1, 2, 3]
  private static let bad: [([Float], VectorIndexError.Code)] = [
    ([1, .nan, 3], .notFinite), ([.infinity, 2, 3], .notFinite), ([1, 2, -.infinity], .notFinite),
    ([1, 2, .signalingNaN], .notFinite), ([1, 2], .dimensionMismatch), ([1, 2, 3, 4], .dimensionMismatch),
    ([], .dimensionMismatch),
  ]

  @Test(arguments: IndexKind.floats) func badVectorsAreRefused(kind: IndexKind) throws {
    let index = try HNSWIndex(kind.configuration(dimension: 3))
    try index.add(label: 1, vector: Self.good)
    for (vector, code) in Self.bad {
      expectError(code) { try index.add(label: 2, vector: vector) }
      expectError(code) { try index.upsert(label: 1, vector: vector) }
      expectError(code) { try index.search(vector, k: 1) }
      expectError(code) { try index.view().searchExplained(vector, k: 0) }
    }
    #expect(index.count == 1)
    #expect(index.changeNumber == 1)
    #expect(try index.vector(label: 1) == Self.good)
  }

  @Test(arguments: [1, 7, 8, 9, 16, 31]) func aNaNIsFoundWhereverItStands(dimension: Int) throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: dimension, metric: .l2))
    for position in 0..<dimension {
      for value in [Float.nan, .infinity, -.infinity] {
        var vector = [Float](repeating: 3e38, count: dimension)
        vector[position] = value
        expectError(.notFinite) { try index.add(label: 1, vector: vector) }
      }
    }
    #expect(index.count == 0)
  }

  @Test func aQueryOfNormZeroIsRefusedUnderCosineAlone() throws {
    for kind in IndexKind.floats {
      let index = try HNSWIndex(kind.configuration(dimension: 3))
      try index.add(label: 1, vector: Self.good)
      if kind.metric == .cosine {
        expectError(.zeroNormQuery) { try index.search([0, 0, 0], k: 1) }
        expectError(.zeroNormQuery) { try index.search([0, -0.0, 0], k: 1) }
        expectError(.zeroNormQuery) { try index.searchBatch([1, 1, 1, 0, 0, 0], k: 1) }
        expectError(.zeroNormQuery) { try index.searchBatch([1, 1, 1, 0, 0, 0], k: 1, threads: 2) }
      } else {
        #expect(try index.search([0, 0, 0], k: 1).count == 1)
      }
    }
  }

  @Test(arguments: [1, 2]) func aBatchIsAllOrNothing(threads: Int) throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: 3))
    try index.add(label: 5, vector: Self.good)
    let twoGood: [Float] = [1, 0, 0, 0, 1, 0]
    expectError(.notFinite) { try index.add(labels: [1, 2, 3], vectors: twoGood + [0, .nan, 0], threads: threads) }
    expectError(.notFinite) { try index.upsert(labels: [5, 2, 3], vectors: twoGood + [0, .nan, 0], threads: threads) }
    expectError(.duplicateLabel) { try index.add(labels: [1, 2, 5], vectors: twoGood + [0, 0, 1], threads: threads) }
    expectError(.duplicateLabel) { try index.add(labels: [1, 2, 1], vectors: twoGood + [0, 0, 1], threads: threads) }
    expectError(.dimensionMismatch) { try index.add(labels: [1, 2], vectors: twoGood + [0], threads: threads) }
    expectError(.dimensionMismatch) { try index.upsert(labels: [1, 2, 3], vectors: twoGood, threads: threads) }
    #expect(index.count == 1)
    #expect(index.changeNumber == 1)
    #expect(index.view().slotCount == 1)
    #expect(try !index.contains(label: 1))
    #expect(try index.vector(label: 5) == Self.good)
    #expect(try index.search([1, 0, 0], k: 9).count == 1)
    // And it can be written to as if nothing had been.
    try index.add(labels: [1, 2], vectors: twoGood, threads: threads)
    #expect(try index.search([1, 0, 0], k: 9).count == 3)
    try index.checkInvariants()
  }

  @Test func aDuplicateLabelIsRefusedByAdd() throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: 3))
    try index.add(label: 1, vector: Self.good)
    expectError(.duplicateLabel) { try index.add(label: 1, vector: [3, 2, 1]) }
    #expect(try index.vector(label: 1) == Self.good)
  }

  @Test(arguments: [
    (HNSWConfiguration(dimension: 0), VectorIndexError.Code.invalidDimension),
    (HNSWConfiguration(dimension: -1), .invalidDimension),
    (HNSWConfiguration(dimension: 16_001), .invalidDimension),
    (HNSWConfiguration(dimension: .max), .invalidDimension),
    (HNSWConfiguration(dimension: 64_001, metric: .hamming), .invalidDimension),
    (HNSWConfiguration(dimension: 0, metric: .jaccard), .invalidDimension),
    (HNSWConfiguration(dimension: 3, m: 1), .invalidArgument),
    (HNSWConfiguration(dimension: 3, m: 129), .invalidArgument),
    (HNSWConfiguration(dimension: 3, m: .min), .invalidArgument),
    (HNSWConfiguration(dimension: 3, efConstruction: 3), .invalidArgument),
    (HNSWConfiguration(dimension: 3, efConstruction: 4097), .invalidArgument),
    (HNSWConfiguration(dimension: 3, metric: .l2, storage: .bit), .metricMismatch),
    (HNSWConfiguration(dimension: 3, metric: .hamming, storage: .int8), .metricMismatch),
    (HNSWConfiguration(dimension: 3, metric: .jaccard, storage: .float32), .metricMismatch),
  ])
  func aConfigurationOutOfRangeIsRefused(configuration: HNSWConfiguration, code: VectorIndexError.Code) {
    expectError(code) { try HNSWIndex(configuration) }
  }

  @Test(arguments: [
    HNSWConfiguration(dimension: 1, m: 2, efConstruction: 4),
    HNSWConfiguration(dimension: 2, metric: .l1, m: 128, efConstruction: 4096),
    HNSWConfiguration(dimension: 16_000, metric: .innerProduct, storage: .float32),
    HNSWConfiguration(dimension: 16_000, metric: .l2),
    HNSWConfiguration(dimension: 64_000, metric: .jaccard),
  ])
  func theEndsOfTheRangesWork(configuration: HNSWConfiguration) throws {
    let index = try HNSWIndex(configuration)
    let kind = IndexKind(metric: configuration.metric, storage: configuration.storage)
    var (model, generator) = (ReferenceIndex(configuration.metric), SeededGenerator(1))
    let vectors = (0..<6).map { _ in TestVector.random(kind, dimension: configuration.dimension, using: &generator) }
    try index.upsert(labels: Array(0..<5), vectors: Array(vectors.prefix(5)))
    for label in 0..<5 { model.upsert(UInt64(label), vectors[label]) }
    model.expect(try index.view().search(vectors[5], k: 3), areNearest: 3, to: vectors[5])
    try index.checkInvariants()
  }

  @Test func argumentsOfASearchAreChecked() throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: 3))
    try index.add(label: 1, vector: Self.good)
    expectError(.invalidArgument) { try index.search(Self.good, k: -1) }
    expectError(.invalidArgument) { try index.search(Self.good, k: .min) }
    expectError(.invalidArgument) { try index.search(Self.good, k: 1, options: SearchOptions(efSearch: 0)) }
    expectError(.invalidArgument) { try index.search(Self.good, k: 1, options: SearchOptions(efSearch: .min)) }
    expectError(.invalidArgument) { try index.search(Self.good, k: 1, options: SearchOptions(distanceLimit: .nan)) }
    expectError(.dimensionMismatch) { try index.searchBatch(Self.good + [1], k: 1) }
    expectError(.invalidArgument) { try index.searchBatch(Self.good, k: 1, threads: 0) }
    expectError(.invalidArgument) { try index.add(labels: [2], vectors: Self.good, threads: 0) }
    expectError(.invalidArgument) { try index.compact(threads: -1) }
    #expect(try index.search(Self.good, k: .max, options: SearchOptions(efSearch: .max)).count == 1)
    #expect(try index.searchBatch([], k: 1) == [])
    #expect(try index.searchBatch(Self.good + Self.good, k: 1, threads: .max).count == 2)
  }

  @Test func bitsAndNumbersDoNotMix() throws {
    let numbers = try HNSWIndex(HNSWConfiguration(dimension: 3))
    let bits = try HNSWIndex(HNSWConfiguration(dimension: 3, metric: .hamming))
    let vector = BitVector([true, false, true])
    try numbers.add(label: 1, vector: Self.good)
    try bits.upsert(labels: [1], bits: [vector])
    expectError(.metricMismatch) { try numbers.upsert(labels: [2], bits: [vector]) }
    expectError(.metricMismatch) { try numbers.search(vector, k: 1) }
    expectError(.metricMismatch) { try numbers.bits(label: 1) }
    expectError(.metricMismatch) { try bits.add(label: 2, vector: Self.good) }
    expectError(.metricMismatch) { try bits.search(Self.good, k: 1) }
    expectError(.metricMismatch) { try bits.searchBatch(Self.good, k: 1) }
    expectError(.metricMismatch) { try bits.vector(label: 1) }
    expectError(.dimensionMismatch) { try bits.upsert(labels: [2], bits: [BitVector([true])]) }
    expectError(.dimensionMismatch) { try bits.search(BitVector([true]), k: 1) }
    expectError(.invalidArgument) { try bits.upsert(labels: [2, 3], bits: [vector]) }
    #expect(numbers.count == 1 && bits.count == 1)
  }
}
