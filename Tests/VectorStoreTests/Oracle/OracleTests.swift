// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreTesting

/// An oracle says of every kind of wrong answer what is wrong with it.
@Suite struct OracleTests {
  private typealias Answer = [(id: String, distance: Double?)]

  /// Points on a line, at distances 0, 1, … from the query [0]; "twin" is where "b" is.
  private let oracle: Oracle<[Float]>
  private let right: Answer = [("a", 0), ("b", 1), ("twin", 1), ("c", 2)]

  init() throws {
    oracle = try Oracle(
      rows: [("a", [0]), ("b", [1]), ("c", [2]), ("d", [3]), ("twin", [1])], metric: .l2)
  }

  private func kinds(_ answer: Answer, k: Int = 4, allowing: [String]? = nil) throws -> [Disagreement.Kind] {
    let report = try oracle.check(answer: answer, query: [0], k: k, allowing: allowing)
    #expect(report.isPassed == report.disagreements.isEmpty)
    for disagreement in report.disagreements { #expect(report.description.contains(disagreement.description)) }
    return report.disagreements.map(\.kind)
  }

  @Test func rightAnswersPass() throws {
    #expect(try kinds(right) == [])
    #expect(try kinds([right[0], right[2], right[1], right[3]]) == [])
    #expect(try kinds(right.map { (id: $0.id, distance: nil) }) == [])
    #expect(try kinds([right[0], ("b", 1)], k: 2) == [])
    #expect(try kinds([right[0], ("twin", 1)], k: 2) == [])
    #expect(try kinds([], k: 0) == [])
    #expect(try kinds([("d", 3)], allowing: ["d", "unknown"]) == [])
    #expect(try oracle.nearest(to: [0], k: 4).map(\.id) == ["a", "b", "twin", "c"])
    #expect(try oracle.nearest(to: [0], k: 4, allowing: ["d", "c"]).map(\.id) == ["c", "d"])
  }

  @Test func wrongAnswersAreTold() throws {
    #expect(try kinds([("a", 0.001), right[1], right[2], right[3]]) == [.distance])
    #expect(try kinds([right[0], right[1], right[2], ("c", .nan)]) == [.distance])
    #expect(try kinds([right[1], right[0], right[2], right[3]]) == [.order])
    #expect(try kinds([right[0], right[1], right[2], ("d", 3)]) == [.missing])
    #expect(try kinds([right[0], right[1], right[2]]) == [.tooFew])
    #expect(try kinds([], k: 1) == [.tooFew])
    #expect(try kinds(right + [("d", 3)]) == [.tooMany])
    #expect(try kinds([right[0], right[1], right[2], ("elsewhere", 2)]).contains(.extra))
    #expect(try kinds([right[0], right[0], right[1], right[2]]) == [.duplicate])
    #expect(try kinds([right[0]], allowing: ["b"]).contains(.extra))
    // Each says what is right and what was found.
    let report = try oracle.check(answer: [("b", 7)], query: [0], k: 1)
    #expect(report.disagreements.map(\.id) == ["b", "a"])
    #expect(report.description.contains("found 7.0"))
  }

  /// What rounding may exchange is right, what it may not is wrong.
  @Test func orderCountsUpToTheBound() throws {
    let rows: [(id: String, vector: [Float])] = [
      ("x", [1, 1]), ("next", [1, Float(1).nextUp]), ("far", [1, 1.00001]),
    ]
    let oracle = try Oracle(rows: rows, metric: .innerProduct)
    func passes(_ ids: String...) throws -> Bool {
      try oracle.check(answer: ids.map { (id: $0, distance: nil) }, query: [1, 1], k: 3).isPassed
    }
    #expect(try passes("far", "next", "x"))
    #expect(try passes("far", "x", "next"))
    #expect(try !passes("x", "far", "next"))
  }

  @Test func rowsWithoutADistanceMayBeLastOrLeftOut() throws {
    let oracle = try Oracle<[Float]>(rows: [("zero", [0, 0]), ("a", [1, 0]), ("b", [0, 1])], metric: .cosine)
    func kinds(_ answer: Answer) throws -> [Disagreement.Kind] {
      try oracle.check(answer: answer, query: [1, 0], k: 3).disagreements.map(\.kind)
    }
    #expect(try kinds([("a", 0), ("b", 1), ("zero", .nan)]) == [])
    #expect(try kinds([("a", 0), ("b", 1)]) == [])
    #expect(try kinds([("zero", .nan), ("a", 0), ("b", 1)]) == [.order, .order])
    #expect(try kinds([("a", 0), ("zero", 1), ("b", 1)]).contains(.distance))
    #expect(try kinds([("a", 0), ("zero", .nan)]).contains(.missing))
  }

  @Test func idsAreTheirBytes() throws {
    let oracle = try Oracle<[Float]>(rows: [("é", [1]), ("e\u{301}", [2])], metric: .l2)
    #expect(try oracle.check(answer: [("é", 1), ("e\u{301}", 2)], query: [0], k: 2).isPassed)
    #expect(try !oracle.check(answer: [("e\u{301}", 1), ("é", 2)], query: [0], k: 2).isPassed)
  }

  @Test func everyKindOfVectors() throws {
    let half = try Oracle(rows: [("a", HalfVector([1])), ("b", HalfVector([3]))], metric: .l1)
    #expect(try half.check(answer: [("a", 1)], query: HalfVector([0]), k: 1).isPassed)
    #expect(try !half.check(answer: [("b", 3)], query: HalfVector([0]), k: 1).isPassed)
    let sparse = try Oracle(rows: [("a", SparseVector([1, 0])), ("b", SparseVector([0, 3]))], metric: .l2)
    #expect(try sparse.check(answer: [("b", 1)], query: SparseVector([0, 2]), k: 1).isPassed)
    #expect(try !sparse.check(answer: [("a", 1)], query: SparseVector([0, 2]), k: 1).isPassed)
    let bits = try Oracle(
      rows: [("a", BitVector([true, false])), ("b", BitVector([true, true]))], metric: .hamming)
    #expect(try bits.check(answer: [("a", 0), ("b", 1)], query: BitVector([true, false]), k: 2).isPassed)
    #expect(try !bits.check(answer: [("a", 0), ("b", 2)], query: BitVector([true, false]), k: 2).isPassed)
  }

  @Test func badRowsAndQueriesAreErrors() throws {
    #expect(throws: VectorIndexError.self) {
      try Oracle<[Float]>(rows: [("a", [1]), ("a", [2])], metric: .l2)
    }
    #expect(throws: VectorIndexError.self) { try Oracle<[Float]>(rows: [("a", [.nan])], metric: .l2) }
    #expect(throws: VectorIndexError.self) { try oracle.check(answer: [], query: [1, 2], k: 1) }
    let empty = try Oracle<[Float]>(rows: [], metric: .l2)
    #expect(try empty.check(answer: [], query: [1], k: 3).isPassed)
    #expect(try !empty.check(answer: [("a", 1)], query: [1], k: 3).isPassed)
  }
}
