// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct RankingTests {
  private func list(_ scores: [(String, Double)], _ order: RankedList.Order = .largerIsBetter) -> RankedList {
    RankedList(scores.map { ScoredID(id: $0.0, score: $0.1) }, order: order)
  }

  @Test func reciprocalRanks() throws {
    let fused = try Fusion.reciprocalRank().fuse([list([("a", 3), ("b", 2), ("a", 1)]), list([("b", 9), ("c", 1)])])
    #expect(fused.map(\.id) == ["b", "a", "c"])
    #expect(abs(fused[0].score - (1.0 / 61 + 1.0 / 60)) < 1e-15 && fused[1].score == 1.0 / 60)
    // Equal scores: the better rank in the first list.
    #expect(
      try Fusion.reciprocalRank().fuse([list([("a", 1), ("b", 1)]), list([("b", 1), ("a", 1)])]).map(\.id) == [
        "a", "b",
      ])
    #expect(
      try Fusion.reciprocalRank(weights: [0, 1]).fuse([list([("a", 1)]), list([("b", 1)])], limit: 1).map(\.id) == ["b"]
    )
    #expect(try Fusion.reciprocalRank().fuse([]).isEmpty)
    for wrong in [
      Fusion.reciprocalRank(k: 0), .reciprocalRank(weights: [1]), .weighted(weights: [1, -1]),
      .weighted(weights: [1, .nan]),
    ] {
      #expect(throws: VectorStoreError.self) { try wrong.fuse([list([("a", 1)]), list([("b", 1)])]) }
    }
  }

  @Test func weightedSums() throws {
    let fused = try Fusion.weighted().fuse([
      list([("a", 0.1), ("b", 0.2), ("c", 0.5)], .smallerIsBetter), list([("c", 8), ("b", 4), ("d", 0)]),
    ])
    #expect(fused.map(\.id) == ["b", "a", "c", "d"])
    #expect(
      abs(fused[0].score - 0.625) < 1e-12 && fused[1].score == 0.5 && fused[2].score == 0.5 && fused[3].score == 0)
    #expect(try Fusion.weighted().fuse([list([("a", 5), ("b", 5)])]).map(\.score) == [1, 1])
    let odd = try Fusion.weighted().fuse([list([("a", .infinity), ("b", 1), ("c", 0), ("d", .nan)])])
    #expect(odd.map(\.score) == [1, 1, 0, 0])
    #expect(try Fusion.weighted().fuse([list([("a", 1.7e308), ("b", -1.7e308)])]).map(\.score) == [1, 0])
  }

  @Test func mmrAgreesWithTheNaiveModel() throws {
    var random = SeededGenerator(6)
    for round in 0..<200 {
      let lambda = [0, 1, 0.5, 0.3][round % 4]
      let query = (0..<4).map { _ in Float(random.normal()) }
      let rows = (0..<random.below(12)).map { _ in (0..<4).map { _ in random.oneIn(9) ? 0 : Float(random.normal()) } }
      let k = random.below(14)
      #expect(
        try MaximalMarginalRelevance(lambda: lambda).select(query: query, candidates: rows, k: k)
          == naive(query, rows, k, lambda))
    }
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func unit(_ v: [Float]) -> [Double] {
      let norm = v.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      return v.map { norm > 0 ? Double($0) / norm : 0 }
    }
    return zip(unit(a), unit(b)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func naive(_ query: [Float], _ rows: [[Float]], _ k: Int, _ lambda: Double) -> [Int] {
    var picks: [Int] = []
    while picks.count < min(k, rows.count) {
      let left = rows.indices.filter { !picks.contains($0) }
      let values = left.map { place -> Double in
        let relevance = cosine(rows[place], query)
        guard let redundancy = picks.map({ cosine(rows[place], rows[$0]) }).max() else { return relevance }
        return lambda * relevance - (1 - lambda) * redundancy
      }
      guard let best = values.max(), let place = values.firstIndex(of: best) else { break }
      picks.append(left[place])
    }
    return picks
  }

  @Test func mmrEdges() throws {
    let mmr = try MaximalMarginalRelevance(lambda: 0.5)
    let rows: [[Float]] = [[1, 0], [1, 0], [0, 1]]
    #expect(try mmr.select(query: [1, 0.1], candidates: rows, k: 3) == [0, 2, 1])
    #expect(try MaximalMarginalRelevance(lambda: 1).select(query: [1, 0.1], candidates: rows, k: 3) == [0, 1, 2])
    #expect(
      try mmr.select(query: [1, 0], candidates: [(id: "x", vector: [0, 1]), (id: "y", vector: [1, 0])], k: 9) == [
        "y", "x",
      ])
    #expect(
      try mmr.select(query: [0, 0], candidates: rows, k: 1) == [0]
        && mmr.select(query: [1, 0], candidates: rows, k: -1) == [])
    #expect(mmr.candidateCount(k: 30) == 30 && mmr.candidateCount(k: 4) == 20)
    for lambda in [-0.1, 1.1, .nan] {
      #expect(throws: VectorStoreError.self) { try MaximalMarginalRelevance(lambda: lambda) }
    }
    #expect(throws: VectorStoreError.self) { try mmr.select(query: [1], candidates: rows, k: 1) }
    #expect(throws: VectorStoreError.self) { try mmr.select(query: [1, .nan], candidates: rows, k: 1) }
  }

  @Test(
    arguments: [
      (Metric.cosine, false, Float(0.25), 0.75), (.cosine, false, 1.5, 0), (.cosine, false, -1e-7, 1),
      (.l2, false, 3, 0.25), (.l1, false, 1, 0.5), (.innerProduct, true, -0.75, 0.75),
      (.innerProduct, true, 0.5, 0), (.innerProduct, false, 0, 0.5), (.innerProduct, false, 1, 0.2689414213699951),
      (.innerProduct, false, -30, 0.9999999999999064), (.innerProduct, false, -1e30, 1),
      (.innerProduct, false, 1e30, 0), (.hamming, false, 2, 0.75), (.jaccard, false, 0.25, 0.75),
      (.l2, false, .infinity, 0),
    ] as [(Metric, Bool, Float, Double)])
  func relevance(_ metric: Metric, _ unit: Bool, _ distance: Float, _ expected: Double) {
    let value = RelevanceScore(metric: metric, isNormalized: unit, dimension: 8).relevance(distance: distance)
    #expect(abs(value - expected) < 1e-14)
  }

  @Test func spacesRefuseOthers() throws {
    let space = EmbeddingSpace(model: "m", dimension: 2, queryPrompt: "q: ")
    var other = space
    #expect(space == other)
    try space.check(other)
    other.dimension = 3
    other.metric = .l2
    #expect(space != other)
    #expect { try space.check(other) } throws: {
      "\($0)".contains("dimension 2 in the store, 3 here; metric cosine in the store, l2 here")
    }
    try space.check(vectors: [[1, 2]], count: 1)
    for (vectors, count) in [([[1, 2]], 2), ([[1]], 1), ([[1, .nan]], 1)] as [([[Float]], Int)] {
      #expect(throws: VectorStoreError.self) { try space.check(vectors: vectors, count: count) }
    }
  }
}
