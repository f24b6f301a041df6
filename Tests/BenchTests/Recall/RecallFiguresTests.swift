// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreBench

@Suite struct RecallFiguresTests {
  /// Rows 0…9 on a line, a query at each of the first seven.
  private let base = Matrix<Float>(dimension: 2, values: (0..<10).flatMap { [Float($0), 0] })

  private func meter(_ base: Matrix<Float>, queries: Matrix<Float>, k: Int) throws -> RecallMeter {
    let truth = try GroundTruth(
      searching: base.exactIndex(metric: .l2), base: base, queries: queries, metric: .l2, k: k, filter: nil, threads: 1)
    return RecallMeter(base: base, queries: queries, metric: .l2, k: k, truth: truth)
  }

  @Test func aTieCountsByDistanceAndNotByNumber() throws {
    // Rows 0 and 1 are as near as each other.
    let base = Matrix<Float>(dimension: 2, values: [1, 0, -1, 0, 5, 5])
    let figures = try meter(base, queries: Matrix(dimension: 2, values: [0, 0]), k: 1).figures([[1]])
    #expect(figures.mean == 1)
    #expect(figures.byIDs == 0)
    #expect(figures.worst.isEmpty)
  }

  @Test func theWorstQueriesAreNamedLowestFirst() throws {
    let queries = base.rows(Array(0..<7))
    let meter = try meter(base, queries: queries, k: 2)
    let right = [[0, 1], [1, 0], [2, 1], [3, 2], [4, 3], [5, 4], [6, 5]] as [[UInt64]]
    #expect(meter.figures(right).mean == 1)
    #expect(meter.figures(right).p5 == 1)
    #expect(meter.figures(right).standardError == 0)
    var answers = right
    answers[2] = [9, 8]
    for query in [0, 1, 3, 4, 5] { answers[query][1] = 9 }
    let figures = meter.figures(answers)
    #expect(figures.worst.map(\.query) == [2, 0, 1, 3, 4])
    #expect(figures.worst.map(\.recall) == [0, 0.5, 0.5, 0.5, 0.5])
    #expect(figures.mean == 3.5 / 7)
    // The 5th percentile of 0, 0.5 five times, 1: at place 0.3 of the sorted ones.
    #expect(abs(figures.p5 - 0.15) < 1e-12)
    // Of some queries only, they keep their numbers.
    let some = meter.figures([answers[2], answers[6]], queries: [2, 6])
    #expect(some.mean == 0.5)
    #expect(some.worst.map(\.query) == [2])
    #expect(abs(some.standardError - 0.5) < 1e-12)
  }

  @Test func aQueryThatIsARowIsNoAnswerToItself() throws {
    let queries = base.rows([4, 9])
    let truth = try GroundTruth(
      searching: base.exactIndex(metric: .l2), base: base, queries: queries, metric: .l2, k: 3, filter: nil,
      ownRows: [4, 9], threads: 1)
    #expect(truth.rows == [[3, 5, 2], [8, 7, 6]])
  }
}
