// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Filtered search")
struct FilteredSearchTests {
  private static let count = 30_000
  private static let clusters = 100
  private static let k = 10

  /// One index for all tests, made when the first needs it.
  private struct Shared {
    let base: VectorSet
    let vectors: [TestVector]
    let queries: [TestVector]
    let index: HNSWIndex
    /// For each query the clusters, nearest first.
    let clustersByDistance: [[Int]]
  }

  private static let shared = Result { () throws -> Shared in
    let set = VectorSet.clustered(count + 40, dimension: 16, clusters: clusters, spread: 0.8, seed: 21)
    let (base, rest) = set.split(count)
    let index = try HNSWIndex(HNSWConfiguration(dimension: 16, metric: .l2, m: 8))
    try index.add(labels: Array(0..<UInt64(count)), vectors: base.values, threads: 1)
    let centers = VectorSet.normal(clusters, dimension: 16, seed: 21 ^ 0xC1).vectors(.l2)
    let queries = rest.vectors(.l2)
    let order = queries.map { query in
      let distances = centers.map { ReferenceDistance.between(query, $0, .l2) ?? .infinity }
      return (0..<clusters).sorted { distances[$0] < distances[$1] }
    }
    return Shared(
      base: base, vectors: base.vectors(.l2), queries: queries, index: index, clustersByDistance: order)
  }

  /// Which rows a query may see.
  enum Filter: Sendable, CaseIterable {
    case random
    /// The clusters nearest to the query.
    case near
    /// The clusters farthest from it.
    case far
  }

  /// A share of the rows, and the beam.
  struct Point: Sendable {
    let share: Double
    let efSearch: Int
  }

  static let points = [
    Point(share: 0.5, efSearch: 60), Point(share: 0.17, efSearch: 28), Point(share: 0.1, efSearch: 60),
    Point(share: 0.01, efSearch: 60), Point(share: 0.001, efSearch: 60),
  ]

  /// The rows that a query may see.
  private static func allowed(
    _ filter: Filter, _ share: Double, clustersByDistance order: [Int], using generator: inout SeededGenerator
  ) -> [Bool] {
    let whole = max(1, Int(share * Double(clusters)))
    var isPart = [Bool](repeating: false, count: clusters)
    for cluster in filter == .far ? order.suffix(whole) : order.prefix(whole) { isPart[cluster] = true }
    // A share of less than a cluster is a part of the nearest or farthest one.
    let rowsOfCluster = Int(share * Double(count)) / whole
    return (0..<count).map { row in
      filter == .random ? generator.uniform() < share : isPart[row % clusters] && row / clusters < rowsOfCluster
    }
  }

  @Test(arguments: Filter.allCases, points) func kAllowedVectorsAreKResults(filter: Filter, point: Point) throws {
    let shared = try Self.shared.get()
    let view = shared.index.view()
    var generator = SeededGenerator(31)
    var (found, strategies) = (0.0, [SearchExplanation.Strategy: Int]())
    for (query, order) in zip(shared.queries, shared.clustersByDistance) {
      let isAllowed = Self.allowed(filter, point.share, clustersByDistance: order, using: &generator)
      let list = try view.allowList { isAllowed[Int($0)] }
      #expect(list.count == isAllowed.count { $0 })
      let options = SearchOptions(efSearch: point.efSearch, allow: list)
      let (results, explanation) = try view.searchExplained(query.floats, k: Self.k, options: options)
      #expect(explanation.strategy == explanation.planned || explanation.strategy == .exact)
      #expect(explanation.allowed == list.count)
      strategies[explanation.strategy, default: 0] += 1

      #expect(results.count == min(Self.k, list.count))
      #expect(results.allSatisfy { isAllowed[Int($0.label)] })
      #expect(results == results.sorted() && Set(results.map(\.label)).count == results.count)
      let measure = RecallMeasure(base: shared.vectors, queries: [query], metric: .l2, k: Self.k) { isAllowed[$0] }
      found += measure.recall { _ in results }
    }
    let recall = found / Double(shared.queries.count)
    // Measured 0.98–1.0 for random filters, 0.97 at worst for near ones.
    #expect(recall >= (filter == .near ? 0.95 : 0.975))
    if point.share <= 0.01 { #expect(strategies == [.exact: shared.queries.count]) }
  }

  /// The share decides the strategy, and a random filter is answered by the walk it was given, not by the scan behind it.
  @Test func everyStrategyIsTaken() throws {
    let shared = try Self.shared.get()
    let view = shared.index.view()
    var order: [SearchExplanation.Strategy] = []
    for share in [0.001, 0.01, 0.05, 0.12, 0.15, 0.18, 0.5, 0.9, 1] {
      var generator = SeededGenerator(33)
      let list = try view.allowList { _ in generator.uniform() < share }
      var answered = 0
      var planned = SearchExplanation.Strategy.exact
      for query in shared.queries {
        let options = SearchOptions(efSearch: 12, allow: list)
        let explanation = try view.searchExplained(query.floats, k: 5, options: options).explanation
        planned = explanation.planned
        answered += explanation.strategy == planned ? 1 : 0
        // A walk that gives up has cost as much as the scan, which then costs once more.
        #expect(explanation.distanceComputations <= list.count * 2 + 1_000)
        if planned == .exact { #expect(explanation.distanceComputations == list.count && explanation.hops == 0) }
      }
      #expect(answered * 10 >= shared.queries.count * 9, "\(planned) at \(share): \(answered) answers")
      if order.last != planned { order.append(planned) }
    }
    #expect(order == [.exact, .twoHop, .plain])
  }

  @Test(arguments: [false, true]) func aSingleRowIsFoundWhereverItIs(isNear: Bool) throws {
    let shared = try Self.shared.get()
    let view = shared.index.view()
    for (number, query) in shared.queries.enumerated() {
      let order = shared.clustersByDistance[number]
      let row = UInt64((isNear ? order[0] : order[Self.clusters - 1]) + Self.clusters * number)
      for k in [1, 10] {
        let options = SearchOptions(efSearch: 10, allow: try view.allowList(labels: [row]))
        let (results, explanation) = try view.searchExplained(query.floats, k: k, options: options)
        #expect(results.map(\.label) == [row])
        #expect(explanation.strategy == .exact && explanation.distanceComputations == 1)
      }
    }
  }

  @Test func whatIsNotThereIsPassedOver() throws {
    let shared = try Self.shared.get()
    let view = shared.index.view()
    let none = try view.allowList(labels: [999_999_999])
    #expect(none.count == 0)
    #expect(try view.search(shared.base[0], k: 5, options: SearchOptions(allow: none)).isEmpty)
    let one = try view.allowList(labels: [5, 5, 999_999_999])
    #expect(one.count == 1)
    let all = try view.allowList { _ in true }
    #expect(all.count == Self.count)
    let exact = SearchOptions(allow: all, exact: true)
    #expect(
      try view.search(shared.base[0], k: 30, options: exact)
        == view.search(shared.base[0], k: 30, options: SearchOptions(exact: true)))
  }

  @Test func aBitmapIsCutToTheSlotsAndTheLiving() throws {
    let set = VectorSet.normal(100, dimension: 4, seed: 1)
    let index = try HNSWIndex(HNSWConfiguration(dimension: 4, metric: .l2))
    try index.add(labels: Array(0..<100), vectors: set.values)
    try index.remove(labels: [0, 64, 99])
    let view = index.view()
    #expect(try view.allowList(bitmap: [.max, .max, .max, .max]).count == 97)
    #expect(try view.allowList(bitmap: [.max]).count == 63)
    #expect(try view.allowList(bitmap: []).count == 0)
    #expect(try view.label(slot: 64) == nil && view.label(slot: 100) == nil && view.label(slot: -1) == nil)
    #expect(try view.label(slot: 65) == 65)
    let list = try view.allowList(bitmap: [.max, .max])
    let found = try view.search(set[64], k: 200, options: SearchOptions(allow: list))
    #expect(found.count == 97 && !found.contains { [0, 64, 99].contains($0.label) })
  }

  @Test func aListIsGoodUntilSlotsAreRenumbered() throws {
    let set = VectorSet.normal(300, dimension: 4, seed: 1)
    let index = try HNSWIndex(HNSWConfiguration(dimension: 4, metric: .l2))
    try index.add(labels: Array(0..<200), vectors: set.rows(0..<200))
    let list = try index.view().allowList { $0 < 50 }
    try index.remove(labels: Array(0..<20))
    try index.add(labels: Array(200..<300), vectors: set.rows(200..<300))
    // It speaks of slots: what was removed is not returned, what came later is not in it.
    let found = try index.search(set[3], k: 100, options: SearchOptions(allow: list))
    #expect(Set(found.map(\.label)) == Set(20..<50))
    let old = index.view()
    try index.compact()
    expectError(.staleAllowList) { try index.search(set[3], k: 1, options: SearchOptions(allow: list)) }
    expectError(.staleAllowList) { try index.search(set[3], k: 1, options: SearchOptions(allow: list, exact: true)) }
    #expect(try old.search(set[3], k: 100, options: SearchOptions(allow: list)).count == 30)
    let other = try HNSWIndex(HNSWConfiguration(dimension: 4, metric: .l2))
    try other.add(labels: Array(0..<200), vectors: set.rows(0..<200))
    expectError(.staleAllowList) { try other.search(set[3], k: 1, options: SearchOptions(allow: list)) }
  }
}
