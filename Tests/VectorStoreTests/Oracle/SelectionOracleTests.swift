// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

/// The oracles of filters, fusion and diversity tell wrong answers from right ones.
@Suite struct SelectionOracleTests {
  @Test func filters() {
    let documents = [("a", 2019), ("b", 2020), ("c", 2021)].map { id, year in
      Document(id: id, content: "", metadata: ["year": .integer(Int64(year))])
    }
    let oracle = FilterOracle(documents: documents + [Document(id: "none", content: "")])
    func kinds(_ ids: [String]) -> [Disagreement.Kind] {
      oracle.check(ids: ids, filter: Field("year") >= 2020).disagreements.map(\.kind)
    }
    #expect(oracle.ids(matching: Field("year") >= 2020) == ["b", "c"])
    #expect(kinds(["c", "b"]) == [])
    #expect(kinds(["b"]) == [.missing])
    #expect(kinds(["b", "c", "a"]) == [.extra])
    #expect(kinds(["b", "c", "none"]) == [.extra])
    #expect(kinds(["b", "c", "b"]) == [.duplicate])
    #expect(kinds(["b", "c", "elsewhere"]) == [.extra])
  }

  @Test(arguments: [
    Fusion.reciprocalRank(), .reciprocalRank(k: 1, weights: [0.2, 3]), .weighted(), .weighted(weights: [1, 0.5]),
  ])
  func fusion(_ fusion: Fusion) throws {
    let lists = [
      RankedList([("a", 0.1), ("b", 0.2), ("c", 0.7)].map { ScoredID(id: $0, score: $1) }, order: .smallerIsBetter),
      RankedList([("c", 3.5), ("d", 2.1), ("a", 0.4)].map { ScoredID(id: $0, score: $1) }, order: .largerIsBetter),
    ]
    let right = try fusion.fuse(lists)
    let oracle = FusionOracle(lists: lists, fusion: fusion)
    func kinds(_ answer: [ScoredID], limit: Int? = nil) -> [Disagreement.Kind] {
      oracle.check(answer: answer, limit: limit).disagreements.map(\.kind)
    }
    #expect(right.count == 4)
    #expect(kinds(right) == [])
    #expect(kinds(Array(right.prefix(2)), limit: 2) == [])
    #expect(kinds(right, limit: 2).contains(.tooMany))
    #expect(kinds(Array(right.prefix(3))).contains(.tooFew))
    #expect(kinds(right.reversed()).contains(.order))
    #expect(kinds(Array(right.dropFirst().prefix(2)), limit: 2) == [.missing])
    #expect(kinds(right.dropLast() + [right[0]]).contains(.duplicate))
    #expect(kinds(right.dropLast() + [ScoredID(id: "z", score: 0)]).contains(.extra))
    #expect(kinds([ScoredID(id: right[0].id, score: right[0].score + 1e-6)] + right.dropFirst()) == [.score])
    #expect(kinds([ScoredID(id: right[0].id, score: .nan)] + right.dropFirst()) == [.score])
  }

  /// The formulas and the library's code agree on lists of any numbers.
  @Test func fusionOfAnyLists() throws {
    var random = SeededGenerator(1)
    for _ in 0..<500 {
      let lists = (0..<2).map { number in
        let order: RankedList.Order = number == 0 ? .smallerIsBetter : .largerIsBetter
        return RankedList(
          (0..<random.below(8)).map { _ in
            ScoredID(
              id: "\(random.below(9))", score: random.pick([random.normal(), 1, 1, .infinity, -.infinity, .nan, 1e308]))
          }, order: order)
      }
      let fusion: Fusion = random.oneIn(2) ? .weighted() : .reciprocalRank(k: 1 + random.uniform())
      let report = FusionOracle(lists: lists, fusion: fusion).check(answer: try fusion.fuse(lists))
      #expect(report.isPassed, "\(report)\n\(lists)")
    }
  }

  @Test func diversity() throws {
    let candidates: [(id: String, vector: [Float])] = [
      ("a", [1, 0.1]), ("near a", [1, 0.11]), ("other", [0.7, -0.7]),
    ]
    let diversity = try MaximalMarginalRelevance(lambda: 0.4)
    let oracle = DiversityOracle(query: [1, 0], candidates: candidates, diversity: diversity)
    func kinds(_ picks: [String], k: Int) -> [Disagreement.Kind] {
      oracle.check(picks: picks, k: k).disagreements.map(\.kind)
    }
    let right = try diversity.select(query: [1, 0], candidates: candidates, k: 3)
    for k in 0...3 { #expect(kinds(Array(right.prefix(k)), k: k) == []) }
    #expect(right.prefix(2) == ["a", "other"])
    #expect(kinds(["a", "near a"], k: 2) == [.pick])
    #expect(kinds(["other", "a"], k: 2).contains(.pick))
    #expect(kinds(["a"], k: 2) == [.tooFew])
    #expect(kinds(["a", "other"], k: 1) == [.tooMany])
    #expect(kinds(["a", "a"], k: 2) == [.duplicate])
    #expect(kinds(["a", "elsewhere"], k: 2) == [.extra])
    // Of two that are worth the same either may come.
    let twins = DiversityOracle(
      query: [1, 0], candidates: [("x", [1, 1]), ("y", [2, 2])], diversity: diversity)
    #expect(twins.check(picks: ["y", "x"], k: 2).isPassed && twins.check(picks: ["x", "y"], k: 2).isPassed)
  }
}
