// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreBench

@Suite struct RecallMeterTests {
  /// Rows 0…9 on a line, the query at 0.
  private let base = Matrix<Float>(dimension: 2, values: (0..<10).flatMap { [Float($0), 0] })
  private let query = Matrix<Float>(dimension: 2, values: [0, 0])

  private func meter(k: Int, base: Matrix<Float>? = nil, filter: RowFilter? = nil) throws -> RecallMeter {
    let base = base ?? self.base
    let truth = try GroundTruth(
      searching: base.exactIndex(metric: .l2), base: base, queries: query, metric: .l2, k: k, filter: filter, threads: 1
    )
    return RecallMeter(base: base, queries: query, metric: .l2, k: k, truth: truth, filter: filter)
  }

  @Test func isTheShareOfTrueNeighbours() throws {
    let meter = try meter(k: 4)
    #expect(meter.recall([[0, 1, 2, 3]]) == 1)
    #expect(meter.recall([[3, 2, 1, 0]]) == 1)
    #expect(meter.recall([[0, 1, 9, 8]]) == 0.5)
    #expect(meter.recall([[0]]) == 0.25)
    #expect(meter.recall([[]]) == 0)
  }

  @Test func aRowCountsOnceAndOnlyAmongTheFirstK() throws {
    let meter = try meter(k: 4)
    #expect(meter.recall([[0, 0, 0, 0]]) == 0.25)
    #expect(meter.recall([[9, 8, 7, 6, 0, 1, 2, 3]]) == 0)
  }

  @Test func aRowThatDoesNotExistIsNoNeighbour() throws {
    let meter = try meter(k: 2)
    #expect(meter.recall([[0, 10]]) == 0.5)
    #expect(meter.violations([[0, 10, .max]]) == 2)
  }

  @Test func tiesAreForgivenAndNearMissesAreNot() throws {
    let base = Matrix<Float>(dimension: 2, values: [1, 0, 0, 1, -1, 0, 1.0001, 0, 5, 5])
    let meter = try meter(k: 2, base: base)
    #expect(meter.recall([[1, 2]]) == 1)
    #expect(meter.recall([[0, 2]]) == 1)
    #expect(meter.recall([[0, 3]]) == 0.5)
  }

  @Test func fewerRowsThanKAreAllThereIsToFind() throws {
    let filter = RowFilter.labels([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], values: [1])
    let meter = try meter(k: 5, filter: filter)
    #expect(meter.recall([[7, 8, 9]]) == 1)
    #expect(meter.recall([[7, 8]]) == 2.0 / 3)
    // A row that the filter forbids doesn't count, near as it is.
    #expect(meter.recall([[0, 1, 7]]) == 1.0 / 3)
    #expect(meter.violations([[0, 1, 7]]) == 2)
  }

  @Test func aQueryWithNothingToFindCountsAsOne() throws {
    let zeros = Matrix<Float>(dimension: 2, values: [0, 0])
    let unit = Matrix<Float>(dimension: 2, values: [1, 0])
    let truth = try GroundTruth(
      neighbors: Matrix(dimension: 1, values: [0]), base: zeros, queries: unit, metric: .cosine, k: 1, name: "t")
    #expect(truth.distances == [[]])
    let meter = RecallMeter(base: zeros, queries: unit, metric: .cosine, k: 1, truth: truth)
    #expect(meter.recall([[]]) == 1)
  }

  @Test(arguments: [
    Matrix<Int32>(dimension: 2, values: [0, 1, 2, 3]), Matrix<Int32>(dimension: 1, values: [0]),
    Matrix<Int32>(dimension: 2, values: [0, 10]),
  ])
  func aForeignGroundTruthIsAnError(neighbors: Matrix<Int32>) {
    #expect(throws: BenchError.self) {
      try GroundTruth(neighbors: neighbors, base: base, queries: query, metric: .l2, k: 2, name: "t")
    }
  }

  @Test(arguments: [Metric.cosine, .l2, .innerProduct, .l1])
  func givenAndComputedGroundTruthAgree(metric: Metric) throws {
    var random = SplitMix64(seed: 5)
    let base = Matrix<Float>(dimension: 7, values: (0..<700).map { _ in Float.random(in: -1...1, using: &random) })
    let queries = Matrix<Float>(dimension: 7, values: (0..<70).map { _ in Float.random(in: -1...1, using: &random) })
    let computed = try GroundTruth(
      searching: base.exactIndex(metric: metric), base: base, queries: queries, metric: metric, k: 5, filter: nil,
      threads: 2)
    let all = (0..<queries.count).flatMap { query -> [Int32] in
      let order = (0..<base.count).sorted {
        ReferenceDistance.distance(queries[query], base[$0], metric: metric)
          < ReferenceDistance.distance(queries[query], base[$1], metric: metric)
      }
      return order.prefix(5).map(Int32.init)
    }
    let given = try GroundTruth(
      neighbors: Matrix(dimension: 5, values: all), base: base, queries: queries, metric: metric, k: 5, name: "t")
    #expect(given.distances == computed.distances)
  }
}
