// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct FiguresTests {
  private let points = [
    CurvePoint(ef: 10, recall: 0.8, qps: 8000), CurvePoint(ef: 20, recall: 0.9, qps: 4000),
    CurvePoint(ef: 40, recall: 1, qps: 1000), CurvePoint(ef: 30, recall: 0.85, qps: 3000),
  ]

  @Test func theFrontLeavesOutWhatIsBeaten() {
    #expect(ParetoFront.of(points).map(\.ef) == [10, 20, 40])
    #expect(ParetoFront.of([]).isEmpty)
    // Of points that are equal in one thing, the better one in the other stays.
    let equal = [
      CurvePoint(ef: 1, recall: 0.9, qps: 100), CurvePoint(ef: 2, recall: 0.9, qps: 200),
      CurvePoint(ef: 3, recall: 0.95, qps: 200),
    ]
    #expect(ParetoFront.of(equal).map(\.ef) == [3])
  }

  @Test func ratesAreInterpolatedLogLinearly() throws {
    let middle = try #require(ParetoFront.rate(at: 0.95, of: points))
    #expect(abs(middle.qps - 2000) < 1e-6)
    #expect(!middle.isLowerBound)
    let third = try #require(ParetoFront.rate(at: 0.825, of: points))
    #expect(abs(third.qps - 6727.171322) < 1e-3)
    let onPoint = try #require(ParetoFront.rate(at: 0.9, of: points))
    #expect(abs(onPoint.qps - 4000) < 1e-6)
    #expect(ParetoFront.rate(at: 0.95, of: Array(points.prefix(2))) == nil)
    #expect(ParetoFront.rate(at: 0.95, of: []) == nil)
  }

  @Test func belowTheFirstPointThereIsOnlyALowerBound() throws {
    let below = try #require(ParetoFront.rate(at: 0.5, of: points))
    #expect(below == (8000, true))
    let exactly = try #require(ParetoFront.rate(at: 0.8, of: points))
    #expect(exactly == (8000, false))
  }

  @Test func aSpreadIsTheMedianBetweenTheLowestAndTheHighest() {
    #expect(Spread([]) == nil)
    #expect(Spread([3, 1, 2]).map { [$0.min, $0.median, $0.max] } == [1, 2, 3])
    #expect(Spread([4, 1, 2, 3]).map { [$0.min, $0.median, $0.max] } == [1, 2.5, 4])
  }

  @Test func roundsAreMergedPointByPoint() throws {
    let filter = FilterKey(name: "random", selectivity: 0.1)
    let rounds = [1.0, 4, 2].map { (factor: Double) -> [CurvePoint] in
      [
        MadeResults.point(10, 0.9, 100 * factor), MadeResults.point(20, 1, 50 * factor),
        MadeResults.point(10, 0.5, 70, filter: filter),
      ]
    }
    let merged = RoundMerger.points(of: [rounds[0], Array(rounds[1].prefix(2)), rounds[2]])
    #expect(merged.map(\.ef) == [10, 20, 10])
    #expect(merged.map(\.filter) == [nil, nil, filter])
    #expect(merged.map(\.qps) == [200, 100, 70])
    #expect(merged.map(\.qpsMin) == [100, 50, 70])
    #expect(merged.map(\.qpsMax) == [400, 200, 70])
    #expect(merged.map(\.p50) == [5000, 10000, 1e6 / 70])
    // Between 0.9 and 1, the middle is the geometric mean, round by round; filtered points don't count.
    let rate = try #require(RoundMerger.rate(at: 0.95, in: rounds))
    for (value, factor) in zip([rate.min, rate.median, rate.max], [1.0, 2, 4]) {
      #expect(abs(value - factor * 5000.0.squareRoot()) < 1e-9)
    }
    #expect(RoundMerger.rate(at: 0.95, in: rounds + [[MadeResults.point(10, 0.9, 1)]]) == nil)
  }

  @Test func aBusyMachineIsCounted() throws {
    var busy = MadeResults.point(10, 0.9, 100)
    busy.batchCores = 0.89
    var quiet = busy
    quiet.batchCores = 0.9
    let untold = MadeResults.point(30, 0.9, 100)
    let record = try MadeResults.record("x", rounds: [[busy, quiet, untold], [busy, quiet, untold]])
    #expect((record.disturbedPoints, record.measuredPoints) == (2, 4))
    let sentence = try #require(Disturbance.sentence([try MadeResults.dataset([record])]))
    #expect(sentence.contains("2 of 4"))
    let calm = try MadeResults.record("x", rounds: [[quiet]])
    #expect(Disturbance.sentence([try MadeResults.dataset([calm])]) == nil)
  }

  @Test func filteredFiguresAreAtTheSmallestBeamThatIsGoodWithoutAFilter() throws {
    let filter = FilterKey(name: "random", selectivity: 0.1)
    let record = try MadeResults.record(
      "x",
      rounds: [
        [
          MadeResults.point(10, 0.9, 400), MadeResults.point(20, 0.981, 300), MadeResults.point(40, 0.99, 200),
          MadeResults.point(10, 0.1, 90, filter: filter), MadeResults.point(20, 0.4, 80, filter: filter),
          MadeResults.point(40, 0.7, 70, filter: filter),
        ]
      ])
    let figures = try #require(FilteredFigures(record, filter))
    #expect(figures.same?.recall == 0.4)
    #expect(figures.qpsAtTarget == nil)
    #expect(figures.best.recall == 0.7)
    #expect(figures.rate == 70)
    #expect(FilteredFigures(record, FilterKey(name: "random", selectivity: 0.2)) == nil)
  }

  @Test func yardsticksAreTheOthersOfEachKind() throws {
    func record(_ id: String, _ engine: String, _ storage: String, _ qps: Double, aside: Bool = false) throws
      -> EngineRecord
    {
      try MadeResults.record(
        id, engine: engine, storage: storage, isAside: aside, rounds: [[MadeResults.point(10, 0.99, qps)]])
    }
    let records = [
      try record("ours", "swift-hnsw", "int8", 9000), try record("a", "faiss-flat", "float32", 100),
      try record("b", "hnswlib", "float32", 200), try record("c", "usearch-i8", "int8", 300),
      try record("d", "scann", "float32", 5000, aside: true), try record("p", "pgvector-hnsw", "vector", 10),
      try record("q", "pgvector-ivfflat", "vector", 20),
    ]
    let yardsticks = Yardstick.among(records)
    #expect(yardsticks.map(\.title) == ["p", "best f32 peer", "best 8-bit peer"])
    #expect(yardsticks.map { $0.rate(at: 0.99) } == [10, 200, 300])
    #expect(Yardstick.among(Array(records.prefix(1))).isEmpty)
  }

  @Test func axesHoldTheirValuesInOrder() {
    let recall = RecallAxis([0.63, 0.97, 0.9993])
    #expect((recall.start, recall.end) == (0.6, 1))
    let places = [0.6, 0.7, 0.9, 0.99, 0.999, 1].map(recall.place)
    #expect(places == places.sorted())
    #expect((places.first, places.last) == (0, 1))
    #expect(abs((recall.place(0.99) - recall.place(0.9)) - (recall.place(0.999) - recall.place(0.99))) < 1e-12)
    for values in [[1.0], [3, 700_000], [99, 101], [0.0001, 1]] {
      let axis = LogAxis(values)
      let ticks = axis.ticks(gap: 0.05)
      #expect(!ticks.isEmpty)
      #expect(ticks == ticks.sorted())
      #expect(values.map(axis.place).allSatisfy { 0...1 ~= $0 })
    }
  }

  @Test func labelsOfTicksKeepTheirDistance() {
    for gap in [0.02, 0.05, 0.1, 0.2] {
      for low in [0.0, 0.55, 0.83, 0.96] {
        let axis = RecallAxis([low, 1])
        let places = axis.ticks(gap: gap).filter { $0.label != nil }.map { axis.place($0.recall) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= gap })
      }
    }
  }
}
