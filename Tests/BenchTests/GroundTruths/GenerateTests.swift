// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import Testing
import VectorStoreBench

@Suite struct GenerateTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: GeneratedShape.allCases)
  func aSeedGivesOneSet(shape: GeneratedShape) {
    func made(_ seed: UInt64) -> GeneratedVectors {
      GeneratedVectors(shape, rows: 300, queries: 11, dimension: 9, seed: seed)
    }
    let first = made(1)
    #expect(first.base.count == 300)
    #expect(first.queries.count == 11)
    #expect(first.base.dimension == 9)
    #expect(first.base.values == made(1).base.values)
    #expect(first.queries.values == made(1).queries.values)
    #expect(first.base.values != made(2).base.values)
    #expect(first.base.values.allSatisfy { $0.isFinite })
  }

  @Test func unitVectorsHaveLengthOneAndUniformOnesFillTheirRange() {
    let unit = GeneratedVectors(.unit, rows: 200, queries: 1, dimension: 20, seed: 3).base
    for row in 0..<unit.count {
      #expect(abs(unit[row].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    let uniform = GeneratedVectors(.uniform, rows: 2_000, queries: 1, dimension: 5, seed: 3).base.values
    #expect(uniform.allSatisfy { -1...1 ~= $0 })
    #expect(abs(uniform.reduce(0, +) / Float(uniform.count)) < 0.03)
    #expect(uniform.contains { $0 < -0.99 } && uniform.contains { $0 > 0.99 })
  }

  /// Queries of another distribution are farther from the base than queries of its own.
  @Test func oodQueriesAreFarther() throws {
    func meanDistance(_ shape: GeneratedShape) throws -> Double {
      let set = GeneratedVectors(shape, rows: 1_000, queries: 50, dimension: 32, seed: 9)
      var answers = ExactAnswers(queries: set.queries, metric: .cosine, k: 1)
      try answers.add(set.base, threads: 2)
      return answers.nearest.reduce(0) { $0 + ($1.first?.distance ?? 0) } / 50
    }
    #expect(try meanDistance(.ood) > 2 * meanDistance(.clustered))
  }

  @Test func theCommandWritesAllThree() throws {
    let out = folder.path("made")
    let outcome = try BuiltCommand.run([
      "generate", "unit", "--rows", "300", "--queries", "5", "--dim", "6", "--seed", "4", "--out", out, "--k", "3",
      "--format", "npy",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let made = GeneratedVectors(.unit, rows: 300, queries: 5, dimension: 6, seed: 4)
    #expect(try VectorFile.readVectors("\(out)/base.npy").values == made.base.values)
    #expect(try VectorFile.readVectors("\(out)/query.npy").values == made.queries.values)
    let truth = try VectorFile.readNeighbors("\(out)/groundtruth.ivecs")
    #expect((truth.count, truth.dimension) == (5, 3))
    let again = folder.path("again.ivecs")
    let computed = try BuiltCommand.run([
      "groundtruth", "--base", "\(out)/base.npy", "--query", "\(out)/query.npy", "--metric", "cosine", "--k", "3",
      "--out",
      again,
    ])
    #expect(computed.status == 0, "\(computed.errors)")
    #expect(try VectorFile.readNeighbors(again).values == truth.values)
  }

  @Test(arguments: [
    ["generate", "spiral", "--out", "x"], ["generate", "unit"], ["generate", "unit", "--out", "x", "--rows", "0"],
    ["generate", "unit", "--out", "x", "--format", "bvecs"],
    ["groundtruth", "--base", "b", "--query", "q", "--metric", "l2", "--out", "x.fvecs"],
    ["groundtruth", "--base", "b", "--query", "q", "--metric", "l2", "--out", "x.ivecs", "--k", "0"],
  ])
  func wrongUsageExitsWithTwo(arguments: [String]) throws {
    let outcome = try BuiltCommand.run(arguments)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("Error: "))
  }
}
