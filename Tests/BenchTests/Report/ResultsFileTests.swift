// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct ResultsFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ results: ResultsFile, as name: String) throws -> String {
    try folder.write(String(decoding: JSONEncoder().encode(results), as: UTF8.self), as: name)
  }

  private func single(_ engine: String, n: Int = 1000, points: String = FakePeer.point) throws -> String {
    let ready = FakePeer.ready(engine: engine, n: n)
    return ready.replacing(#""points":[]"#, with: #""points":[\#(points)],"resident_bytes":77"#)
  }

  @Test func whatIsWrittenIsRead() throws {
    let filter = FilterKey(name: "random", selectivity: 0.1)
    let record = try MadeResults.record(
      "x", isAside: true,
      rounds: [
        [MadeResults.point(10, 0.9, 100), MadeResults.point(20, 1, 50), MadeResults.point(10, 0.5, 70, filter: filter)]
      ])
    let dataset = try MadeResults.dataset([record], categories: ["a", "b"])
    let path = try write(ResultsFile(datasets: [dataset]), as: "results.json")
    let read = try #require(try ResultsFile(reading: [path]).datasets.first)
    let again = try #require(read.engines.first)
    #expect(again.points == record.points)
    #expect(again.qpsAtRecall == record.qpsAtRecall)
    #expect(again.builds == record.builds)
    #expect(again.memory == record.memory)
    #expect(again.params == record.params)
    #expect(again.isAside)
    #expect(read.categoryNames == ["a", "b"])
    #expect(read.created == "2026-01-02T03:04:05Z")
  }

  @Test func filesArePutTogether() throws {
    let first = try write(
      ResultsFile(datasets: [try MadeResults.dataset([try MadeResults.record("x", rounds: [[]])])]), as: "1")
    let second = try write(
      ResultsFile(datasets: [try MadeResults.dataset([try MadeResults.record("y", rounds: [[]])])]), as: "2")
    let same = try folder.write(try single("hnswlib"), as: "same.json")
    let other = try folder.write(try single("hnswlib", n: 5), as: "other.json")
    let datasets = try ResultsFile(reading: [first, second, same, same, other]).datasets
    // Comparisons of the same data stay apart; a single run stands beside the first that it fits.
    #expect(datasets.map { $0.engines.map(\.id) } == [["x", "same", "same (2)"], ["y"], ["other"]])
  }

  @Test func aSingleRunIsMarkedAsAlone() throws {
    let path = try folder.write(try single("swift-hnsw"), as: "run.json")
    let record = try #require(try ResultsFile(reading: [path]).datasets.first?.engines.first)
    #expect(record.rounds == 0)
    #expect(record.label == "swift-hnsw float32")
    #expect(record.family == "swift")
    #expect(record.memory.residentBytes == 77)
    #expect(record.buildSeconds?.median == 1.5)
  }

  @Test func kindsOfIterativeScanAreEnginesOfTheirOwn() throws {
    let points = ["off", "relaxed"].map { FakePeer.point.replacing("{", with: #"{"iterative":"\#($0)","#) }
    let path = try folder.write(try single("pgvector-hnsw", points: points.joined(separator: ",")), as: "run.json")
    let engines = try #require(try ResultsFile(reading: [path]).datasets.first?.engines)
    #expect(
      engines.map(\.label) == ["pgvector-hnsw float32, iterative off", "pgvector-hnsw float32, iterative relaxed"])
    #expect(engines.map(\.points.count) == [1, 1])
  }
}
