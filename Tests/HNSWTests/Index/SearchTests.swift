// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Search")
struct SearchTests {
  static let dimensions = [1, 3, 17, 100, 384]

  @Test(arguments: IndexKind.all, dimensions) func exactSearchOfEveryMetric(kind: IndexKind, dimension: Int) throws {
    let (index, model, queries) = try Self.make(kind, dimension: dimension, count: 300)
    for query in queries {
      for k in [1, 10, 300, 400] {
        let results = try index.view().search(query, k: k, options: SearchOptions(exact: true))
        model.expect(results, areNearest: k, to: query)
      }
    }
  }

  @Test(arguments: IndexKind.all, dimensions) func resultsOfEveryMetricAreValid(kind: IndexKind, dimension: Int) throws
  {
    let (index, model, queries) = try Self.make(kind, dimension: dimension, count: 1_200)
    // m 4 and so narrow a beam that the graph is walked.
    for query in queries {
      let results = try index.view().search(query, k: 5, options: SearchOptions(efSearch: 8))
      #expect(results.count == 5)
      model.expect(results, areValidFor: query)
    }
    try index.checkInvariants()
  }

  private static func make(
    _ kind: IndexKind, dimension: Int, count: Int
  ) throws -> (HNSWIndex, ReferenceIndex, [TestVector]) {
    var generator = SeededGenerator(UInt64(dimension))
    var model = ReferenceIndex(kind.metric)
    let index = try HNSWIndex(kind.configuration(dimension: dimension, m: 4, efConstruction: 32))
    let vectors = (0..<count).map { _ in TestVector.random(kind, dimension: dimension, using: &generator) }
    try index.upsert(labels: Array(0..<UInt64(count)), vectors: vectors)
    for (label, vector) in vectors.enumerated() { model.upsert(UInt64(label), vector) }
    return (index, model, (0..<4).map { _ in TestVector.random(kind, dimension: dimension, using: &generator) })
  }

  @Test(arguments: IndexKind.all) func kFromNoneToMoreThanThereAre(kind: IndexKind) throws {
    let (index, model, queries) = try Self.make(kind, dimension: 8, count: 20)
    for k in [0, 1, 19, 20, 21, 1_000_000, .max] {
      for exact in [false, true] {
        let results = try index.view().search(queries[0], k: k, options: SearchOptions(exact: exact))
        model.expect(results, areNearest: k, to: queries[0])
      }
    }
  }

  @Test(arguments: IndexKind.all) func theDistanceLimitIsInclusive(kind: IndexKind) throws {
    let (index, _, queries) = try Self.make(kind, dimension: 33, count: 1_500)
    let view = index.view()
    for exact in [false, true] {
      for query in queries {
        let all = try view.search(query, k: 12, options: SearchOptions(efSearch: 16, exact: exact))
        for rank in [0, 5, 11] {
          let limit = all[rank].distance
          let options = SearchOptions(efSearch: 16, distanceLimit: limit, exact: exact)
          #expect(try view.search(query, k: 12, options: options) == all.filter { $0.distance <= limit })
          let below = SearchOptions(efSearch: 16, distanceLimit: limit.nextDown, exact: exact)
          #expect(try view.search(query, k: 12, options: below) == all.filter { $0.distance < limit })
        }
        #expect(
          try view.search(query, k: 12, options: SearchOptions(efSearch: 16, distanceLimit: .infinity, exact: exact))
            == all)
        #expect(
          try view.search(query, k: 12, options: SearchOptions(distanceLimit: -.infinity, exact: exact)).isEmpty)
      }
    }
  }

  @Test func distancesAreThoseOfPgvector() throws {
    let expected: [(Metric, Float)] = [
      (.l2, 5), (.l1, 7), (.innerProduct, -8), (.cosine, 1 - 8 / (Float(20) * 5).squareRoot()),
    ]
    for (metric, distance) in expected {
      for storage in [HNSWConfiguration.Storage.float32, .int8] {
        let index = try HNSWIndex(HNSWConfiguration(dimension: 2, metric: metric, storage: storage))
        try index.add(label: 1, vector: metric == .l2 || metric == .l1 ? [4, 6] : [2, 4])
        let query: [Float] = metric == .l2 || metric == .l1 ? [1, 2] : [2, 1]
        let found = try #require(try index.search(query, k: 1).first)
        #expect((found.distance - distance).magnitude < 1e-6, "\(metric) \(storage)")
      }
    }
    let (a, b) = (BitVector([true, true, false, false]), BitVector([true, false, true, false]))
    for (metric, distance) in [(Metric.hamming, Float(2)), (.jaccard, Float(2.0 / 3))] {
      let index = try HNSWIndex(HNSWConfiguration(dimension: 4, metric: metric))
      try index.upsert(labels: [1, 2], bits: [a, BitVector([false, false, false, false])])
      #expect(try index.search(b, k: 1) == [Neighbor(label: 1, distance: distance)])
      // Nothing in common, not even where nothing is set.
      if metric == .jaccard { #expect(try index.search(b, k: 2).last == Neighbor(label: 2, distance: 1)) }
    }
  }

  @Test func equalDistancesComeInTheOrderOfTheirLabels() throws {
    for kind in IndexKind.floats {
      let index = try HNSWIndex(kind.configuration(dimension: 3))
      let labels: [UInt64] = [9, 3, 7, 1, 8]
      try index.add(labels: labels, vectors: labels.flatMap { _ in [1, 2, 3] as [Float] })
      #expect(try index.search([1, 1, 1], k: 5).map(\.label) == [1, 3, 7, 8, 9])
      #expect(try index.search([1, 1, 1], k: 5, options: SearchOptions(exact: true)).map(\.label) == [1, 3, 7, 8, 9])
    }
  }

  @Test(arguments: [1, 2, 4]) func aBatchGivesWhatSingleSearchesGive(threads: Int) throws {
    let set = VectorSet.clustered(3_000, dimension: 24, clusters: 30, seed: 3)
    let index = try HNSWIndex(HNSWConfiguration(dimension: 24))
    try index.add(labels: Array(0..<3_000), vectors: set.values)
    let queries = VectorSet.clustered(50, dimension: 24, clusters: 30, seed: 4)
    let options = SearchOptions(efSearch: 20)
    let batch = try index.searchBatch(queries.values, k: 10, options: options, threads: threads)
    #expect(batch.count == 50)
    for (row, results) in batch.enumerated() {
      #expect(try results == index.search(queries[row], k: 10, options: options))
    }
  }

  @Test func anExplanationCountsWhatWasDone() throws {
    let set = VectorSet.clustered(6_000, dimension: 16, clusters: 40, seed: 3)
    let index = try HNSWIndex(HNSWConfiguration(dimension: 16))
    try index.add(labels: Array(0..<6_000), vectors: set.values)
    let view = index.view()
    let walk = try view.searchExplained(set[0], k: 5, options: SearchOptions(efSearch: 10)).explanation
    #expect(walk.planned == .plain && walk.strategy == .plain)
    #expect((20..<2_000).contains(walk.distanceComputations), "\(walk)")
    #expect((5..<200).contains(walk.hops), "\(walk)")
    #expect((5...10).contains(walk.reranked), "\(walk)")
    #expect(walk.allowed == 6_000)
    let wider = try view.searchExplained(set[0], k: 5, options: SearchOptions(efSearch: 40)).explanation
    #expect(wider.distanceComputations > walk.distanceComputations)
    let exact = try view.searchExplained(set[0], k: 5, options: SearchOptions(exact: true)).explanation
    #expect(exact.strategy == .exact && exact.distanceComputations == 6_000 && exact.hops == 0)
  }
}
