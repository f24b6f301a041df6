// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Exact index")
struct ExactIndexTests {
  private func index(_ metric: Metric, _ vectors: [[Float]], labels: [UInt64]? = nil) throws -> ExactIndex<[Float]> {
    var index = try ExactIndex<[Float]>(dimension: vectors.first?.count ?? 1, metric: metric)
    for (row, vector) in vectors.enumerated() { try index.add(label: labels?[row] ?? UInt64(row), vector: vector) }
    return index
  }

  // MARK: One defined list

  @Test func equalDistancesComeByLabelAlsoAtTheEnd() throws {
    let labels: [UInt64] = [9, 3, .max, 0, 7, 5, 1 << 40, 2]
    let index = try index(.l2, labels.map { _ in [1, 1] }, labels: labels)
    for k in 0...8 {
      #expect(try index.search([0, 0], k: k).map(\.label) == Array(labels.sorted().prefix(k)))
    }
  }

  @Test func theOrderOfWritingDecidesNothing() throws {
    let set = VectorSet.normal(300, dimension: 20, seed: 21)
    let doubled = (0..<600).map { set[$0 % 300] }
    let forth = try index(.cosine, doubled)
    var back = try index(.cosine, doubled.reversed(), labels: (0..<600).reversed())
    for label in stride(from: UInt64(0), to: 600, by: 3) { back.remove(label: label) }
    for label in stride(from: UInt64(0), to: 600, by: 3) { try back.add(label: label, vector: doubled[Int(label)]) }
    for row in 0..<20 { #expect(try forth.search(set[row], k: 31) == back.search(set[row], k: 31)) }
  }

  /// Whatever stands before and behind it, a vector has the distance that ``Distance`` gives.
  @Test(arguments: Metric.allCases.filter { !$0.isBinary }) func distancesAreThoseOfDistance(metric: Metric) throws {
    for dimension in [1, 8, 9, 17, 384, 771] {
      let set = VectorSet.normal(23, dimension: dimension, seed: 22)
      let index = try index(metric, (0..<23).map { set[$0] })
      let query = VectorSet.normal(1, dimension: dimension, seed: 23)[0]
      for allow in [nil, Set<UInt64>([1, 2, 22]), Set(4..<23)] {
        for neighbor in try index.search(query, k: 23, allow: allow) {
          let distance = try Distance.distance(query, set[Int(neighbor.label)], metric: metric)
          #expect(neighbor.distance.bitPattern == distance.bitPattern)
        }
      }
    }
  }

  // MARK: Distances that are none, or infinite

  @Test func vectorsWithoutADistanceAreNeverFound() throws {
    let index = try index(.cosine, [[0, 0], [1, 0], [0, 0], [-0.0, 0], [0, 1]])
    #expect(try index.search([1, 0], k: 5).map(\.label) == [1, 4])
    #expect(try index.search([1, 0], k: 5, allow: [0, 2, 3]).isEmpty)
    #expect(index.vector(label: 0) == [0, 0])
    #expect(try self.index(.innerProduct, [[3e38, -3e38], [1, 1]]).search([3e38, 3e38], k: 2).map(\.label) == [1])
  }

  @Test func infiniteDistancesComeLast() throws {
    let index = try index(.l2, [[3e38], [1], [-3e38], [2]])
    let found = try index.search([-1], k: 4)
    #expect(found.map(\.label) == [1, 3, 0, 2])
    #expect(found.map(\.distance) == [2, 3, .infinity, .infinity])
    #expect(try index.search([-1], k: 4, distanceLimit: .greatestFiniteMagnitude).map(\.label) == [1, 3])
  }

  @Test func theLimitIsInclusive() throws {
    let index = try index(.l1, [[1], [2], [3]])
    #expect(try index.search([0], k: 3, distanceLimit: 2).map(\.label) == [0, 1])
    #expect(try index.search([0], k: 3, distanceLimit: Float(2).nextDown).map(\.label) == [0])
    #expect(try index.search([0], k: 1, distanceLimit: 3).map(\.label) == [0])
    #expect(try index.search([0], k: 3, distanceLimit: -1).isEmpty)
  }

  @Test func anEmptyIndexFindsNothing() throws {
    let index = try ExactIndex<[Float]>(dimension: 3, metric: .l2)
    #expect(index.count == 0)
    #expect(try index.search([1, 2, 3], k: 10).isEmpty)
    #expect(try index.search([1, 2, 3], k: 10, allow: [1]).isEmpty)
    #expect(try index.searchBatch([[1, 2, 3], [4, 5, 6]], k: 10, threads: 3) == [[], []])
    #expect(try index.searchBatch([], k: 10, threads: 3).isEmpty)
    expectError(.dimensionMismatch) { try index.search([1], k: 10) }
  }

  // MARK: A value

  @Test func aCopyIsASnapshot() throws {
    var index = try index(.cosine, [[1, 0], [0, 1], [1, 1]])
    let before = index
    try index.upsert(label: 0, vector: [-1, 0])
    index.remove(label: 1)
    try index.add(label: 9, vector: [1, 0.1])
    #expect(before.count == 3)
    #expect(try before.search([1, 0], k: 3).map(\.label) == [0, 2, 1])
    #expect(before.vector(label: 0) == [1, 0])
    #expect(before.vector(label: 9) == nil)
    #expect(index.count == 3)
    #expect(try index.search([1, 0], k: 3).map(\.label) == [9, 2, 0])
    #expect(index.vector(label: 1) == nil)

    var emptied = before
    let removed = (0..<UInt64(4)).map { emptied.remove(label: $0) }
    #expect(removed == [true, true, true, false])
    #expect(emptied.count == 0)
    #expect(try emptied.search([1, 0], k: 3).isEmpty)
    #expect(try before.search([1, 0], k: 3).count == 3)
  }

  @Test func aSnapshotIsSearchedWhileTheOriginalChanges() async throws {
    let set = VectorSet.normal(2_000, dimension: 24, seed: 24)
    var index = try index(.l2, (0..<1_000).map { set[$0] })
    let snapshot = index
    let expected = try snapshot.search(set[1_500], k: 10)
    async let answers = withThrowingTaskGroup(of: [Neighbor].self) { group in
      for _ in 0..<50 { group.addTask { try snapshot.search(set[1_500], k: 10) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for row in 1_000..<2_000 {
      try index.add(label: UInt64(row), vector: set[row])
      index.remove(label: UInt64(row - 1_000))
    }
    #expect(try await answers.allSatisfy { $0 == expected })
    #expect(try index.search(set[1_500], k: 1) == [Neighbor(label: 1_500, distance: 0)])
  }

  // MARK: Many at once

  @Test(arguments: [1, 3, 8, 50]) func loadingManyIsAddingEach(dimension: Int) throws {
    let set = VectorSet.normal(700, dimension: dimension, seed: 25)
    var loaded = try ExactIndex<[Float]>(dimension: dimension, metric: .cosine)
    try loaded.add(labels: Array(0..<400), vectors: set.rows(0..<400))
    try loaded.add(labels: [], vectors: [])
    try loaded.add(labels: Array(400..<700), vectors: set.rows(400..<700))
    let added = try index(.cosine, (0..<700).map { set[$0] })
    #expect(loaded.count == 700)
    for row in 0..<10 { #expect(try loaded.search(set[row], k: 50) == added.search(set[row], k: 50)) }
    #expect(loaded.vector(label: 699) == set[699])
  }

  @Test func aLoadThatIsRefusedChangesNothing() throws {
    var index = try index(.l2, [[1, 2], [3, 4]])
    expectError(.duplicateLabel) { try index.add(labels: [5, 1], vectors: [0, 0, 0, 0]) }
    expectError(.duplicateLabel) { try index.add(labels: [5, 5], vectors: [0, 0, 0, 0]) }
    expectError(.notFinite) { try index.add(labels: [5, 6], vectors: [0, 0, 0, .nan]) }
    expectError(.dimensionMismatch) { try index.add(labels: [5, 6], vectors: [0, 0, 0]) }
    expectError(.dimensionMismatch) { try index.add(labels: [], vectors: [0, 0]) }
    #expect(index.count == 2)
    #expect(!index.contains(label: 5))
    #expect(try index.search([1, 2], k: 9).map(\.label) == [0, 1])
  }

  // MARK: Errors

  @Test(
    arguments: [
      (0, .l2, .invalidDimension), (-1, .cosine, .invalidDimension), (16_001, .l1, .invalidDimension),
      (3, .hamming, .metricMismatch), (3, .jaccard, .metricMismatch),
    ] as [(Int, Metric, VectorIndexError.Code)])
  func anIndexThatCannotBe(dimension: Int, metric: Metric, code: VectorIndexError.Code) {
    expectError(code) { try ExactIndex<[Float]>(dimension: dimension, metric: metric) }
  }

  @Test(
    arguments: [
      (0, .hamming, .invalidDimension), (64_001, .jaccard, .invalidDimension), (3, .l2, .metricMismatch),
      (3, .cosine, .metricMismatch),
    ] as [(Int, Metric, VectorIndexError.Code)])
  func anIndexOfBitsThatCannotBe(dimension: Int, metric: Metric, code: VectorIndexError.Code) {
    expectError(code) { try ExactIndex<BitVector>(dimension: dimension, metric: metric) }
  }

  @Test func theLargestDimensionsAreFine() throws {
    var floats = try ExactIndex<[Float]>(dimension: 16_000, metric: .l1)
    for label in 0..<UInt64(6) { try floats.add(label: label, vector: [Float](repeating: Float(label), count: 16_000)) }
    #expect(try floats.search([Float](repeating: 4, count: 16_000), k: 1) == [Neighbor(label: 4, distance: 0)])
    var bits = try ExactIndex<BitVector>(dimension: 64_000, metric: .hamming)
    try bits.add(label: 1, vector: BitVector([Bool](repeating: true, count: 64_000)))
    let none = BitVector([Bool](repeating: false, count: 64_000))
    #expect(try bits.search(none, k: 1) == [Neighbor(label: 1, distance: 64_000)])
  }

  @Test func vectorsThatDoNotFitChangeNothing() throws {
    var index = try index(.cosine, [[1, 2], [3, 4]])
    for bad: ([Float], VectorIndexError.Code) in [
      ([1], .dimensionMismatch), ([], .dimensionMismatch), ([1, 2, 3], .dimensionMismatch), ([1, .nan], .notFinite),
      ([.infinity, 1], .notFinite),
    ] {
      expectError(bad.1) { try index.add(label: 7, vector: bad.0) }
      expectError(bad.1) { try index.upsert(label: 0, vector: bad.0) }
      expectError(bad.1) { try index.search(bad.0, k: 1) }
      expectError(bad.1) { try index.searchBatch([[1, 1], bad.0], k: 1) }
    }
    expectError(.duplicateLabel) { try index.add(label: 1, vector: [5, 6]) }
    #expect(index.count == 2)
    #expect(index.vector(label: 0) == [1, 2])
    #expect(index.vector(label: 1) == [3, 4])
  }

  @Test func searchesThatCannotBe() throws {
    let index = try index(.cosine, [[1, 2], [3, 4]])
    expectError(.zeroNormQuery) { try index.search([0, 0], k: 1) }
    expectError(.zeroNormQuery) { try index.search([0, -0.0], k: 1) }
    expectError(.invalidArgument) { try index.search([1, 1], k: -1) }
    expectError(.invalidArgument) { try index.search([1, 1], k: 1, distanceLimit: .nan) }
    expectError(.invalidArgument) { try index.searchBatch([[1, 1]], k: -1) }
    expectError(.invalidArgument) { try index.searchBatch([[1, 1]], k: 1, threads: 0) }
    #expect(try self.index(.l2, [[1, 2]]).search([0, 0], k: 1).count == 1)
  }

  @Test(arguments: [1, 2, 8]) func aBatchNamesTheFirstQueryThatIsRefused(threads: Int) throws {
    let index = try index(.cosine, [[1, 2], [3, 4]])
    var queries = [[Float]](repeating: [1, 1], count: 100)
    queries[70] = [0, 0]
    queries[71] = [1]
    let error = try #require(throws: VectorIndexError.self) { try index.searchBatch(queries, k: 1, threads: threads) }
    #expect(error.code == .zeroNormQuery)
    #expect(error.message.contains("query 70"))
  }
}
