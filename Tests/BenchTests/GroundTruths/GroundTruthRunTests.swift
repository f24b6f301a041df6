// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import Testing
import VectorStoreBench

@Suite struct GroundTruthRunTests {
  private let folder: TemporaryFolder
  private let vectors = GeneratedVectors(.clustered, rows: 700, queries: 15, dimension: 12, seed: 5)

  private struct Stop: Error {}

  init() throws {
    folder = try TemporaryFolder()
    try VectorFileWriter.write(vectors.base, to: folder.path("base.fvecs"))
    try VectorFileWriter.write(vectors.queries, to: folder.path("query.fvecs"))
  }

  private func run(
    base: String = "base.fvecs", metric: Metric = .cosine, k: Int = 7, blockRows: Int? = 100, stoppingAfter: Int = .max,
    to out: String = "out.ivecs"
  ) throws -> Int {
    let run = GroundTruthRun(
      base: folder.path(base), query: folder.path("query.fvecs"), metric: metric, k: k, threads: 2, blockRows: blockRows
    )
    return try run.run(to: folder.path(out)) { done, _ in if done >= stoppingAfter { throw Stop() } }
  }

  /// The nearest rows by sorting all distances.
  private func expected(_ metric: Metric, k: Int) -> [Int32] {
    (0..<vectors.queries.count).flatMap { query -> [Int32] in
      let distances = (0..<vectors.base.count).map {
        ReferenceDistance.distance(vectors.queries[query], vectors.base[$0], metric: metric)
      }
      return distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(k).map(Int32.init)
    }
  }

  @Test(arguments: [Metric.cosine, .l2, .innerProduct, .l1], [1, 33, 100, 10_000])
  func blocksOfAnySizeGiveTheSame(metric: Metric, blockRows: Int) throws {
    #expect(try run(metric: metric, blockRows: blockRows) == 700)
    #expect(try VectorFile.readNeighbors(folder.path("out.ivecs")).values == expected(metric, k: 7))
  }

  @Test(arguments: ["base.fbin", "base.npy"])
  func everyFormatGivesTheSame(name: String) throws {
    try VectorFileWriter.write(vectors.base, to: folder.path(name))
    #expect(try run(base: name) == 700)
    #expect(try VectorFile.readNeighbors(folder.path("out.ivecs")).values == expected(.cosine, k: 7))
  }

  @Test func anInterruptedRunGoesOnWhereItStopped() throws {
    #expect(throws: Stop.self) { try run(stoppingAfter: 300) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out.ivecs")))
    #expect(try run() == 400)
    #expect(try VectorFile.readNeighbors(folder.path("out.ivecs")).values == expected(.cosine, k: 7))
    #expect(!FileManager.default.fileExists(atPath: GroundTruthRun.checkpointPath(folder.path("out.ivecs"))))
  }

  @Test func anotherInputBeginsAnew() throws {
    #expect(throws: Stop.self) { try run(stoppingAfter: 300) }
    #expect(try run(metric: .l2) == 700)
    #expect(throws: Stop.self) { try run(stoppingAfter: 300) }
    #expect(try run(k: 8) == 700)
    #expect(throws: Stop.self) { try run(stoppingAfter: 300) }
    // One value is another, the size and the time are the same.
    let path = folder.path("base.fvecs")
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[10] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.modificationDate: try #require(date)], ofItemAtPath: path)
    #expect(try run() == 700)
  }

  @Test func aDamagedCheckpointBeginsAnew() throws {
    let path = GroundTruthRun.checkpointPath(folder.path("out.ivecs"))
    #expect(throws: Stop.self) { try run(stoppingAfter: 300) }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for place in stride(from: 0, to: whole.count, by: 97) {
      var damaged = whole
      damaged[place] ^= 0x40
      try damaged.write(to: URL(fileURLWithPath: path))
      #expect(try run() == 700, "byte \(place)")
    }
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    #expect(try run() == 700)
    #expect(try VectorFile.readNeighbors(folder.path("out.ivecs")).values == expected(.cosine, k: 7))
  }

  @Test func rowsWithoutADistanceAreNoNeighbours() throws {
    let base = Matrix<Float>(dimension: 2, values: [0, 0, 1, 0, 0, 0, 0, 1])
    var answers = ExactAnswers(queries: Matrix(dimension: 2, values: [1, 0.5]), metric: .cosine, k: 3)
    try answers.add(base.rows([0, 1]), threads: 1)
    try answers.add(base.rows([2, 3]), threads: 1)
    #expect(answers.neighbors.values == [1, 3, -1])
  }
}
