// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct CompareCommandTests {
  private let folder: TemporaryFolder
  private let data: [String]

  /// 300 random rows of 8 values, and 10 queries.
  init() throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(seed: 5)
    func rows(_ count: Int) -> [[Float]] {
      (0..<count).map { _ in (0..<8).map { _ in Float.random(in: -1...1, using: &random) } }
    }
    let base = try folder.write(FileBytes.fvecs(rows(300)), as: "base.fvecs")
    let query = try folder.write(FileBytes.fvecs(rows(10)), as: "query.fvecs")
    let labels = try folder.write((0..<300).map { "\($0 % 3)\n" }.joined(), as: "labels.txt")
    _ = try folder.write(#"["red","<green>","blue"]"#, as: "labels.json")
    data = [
      "compare", "--base", base, "--query", query, "--metric", "l2", "--dataset", "made", "--min-seconds", "0", "--ef",
      "5,20", "--rounds", "2", "--filter-selectivity", "0.5", "--filter-labels", labels, "--filter-values", "1,0+2",
    ]
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test func measuresAndWritesEveryForm() throws {
    let out = folder.path("out")
    let outcome = try BuiltCommand.run(data + ["--engines", "swift-int8,swift-exact", "--out", out])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("round 2 of 2"))
    #expect(outcome.errors.contains(" left)"))
    #expect(outcome.output.contains("recall (each further nine has the same width)"))
    let results = try ResultsFile(reading: [folder.path("out/results.json")])
    let dataset = try #require(results.datasets.first)
    #expect(dataset.engines.map(\.id) == ["swift-int8", "swift-exact"])
    #expect(dataset.engines.map(\.rounds) == [2, 2])
    #expect(dataset.filters.map(\.name) == ["random", "category=1", "category=0+2"])
    #expect(dataset.engines.map { $0.points.count } == [8, 1])
    #expect(try text("out/table.md").contains("&lt;green> 33 %"))
    #expect(try text("out/results.csv").split(separator: "\n").count == 10)
    #expect(try text("out/report.html").contains("&lt;green&gt; 33 %"))
    #expect(try text("out/curves.svg").hasPrefix("<svg"))
  }

  @Test func resultsAndSingleRunsAreDrawnTogether() throws {
    let out = folder.path("out")
    let fake = try folder.write(FakePeer.script(ready: FakePeer.ready(n: 300)), as: "fake.sh")
    let first = try BuiltCommand.run(
      data + ["--engines", "none", "--peer", "A, b=sh '\(fake)'", "--out", out])
    #expect(first.status == 0, "\(first.errors)")
    let single = folder.path("single.json")
    let measured = try BuiltCommand.run(
      ["ann"] + data[1..<9] + ["--min-seconds", "0", "--ef", "20", "--json", single])
    #expect(measured.status == 0, "\(measured.errors)")
    let outcome = try BuiltCommand.run(["report", "\(out)/results.json", single, "--out", folder.path("all")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let datasets = try ResultsFile(reading: [folder.path("all/results.json")]).datasets
    #expect(datasets.flatMap(\.engines).map(\.id) == ["A, b", "single"])
    #expect(datasets.flatMap(\.engines).map(\.rounds) == [2, 0])
    #expect(try text("all/results.csv").contains("\"A, b\""))
    #expect(try text("all/report.html").contains("Measured alone and once"))
  }

  @Test(
    arguments: [
      (["--engines", "swift-int4"], "--engines has 'swift-int4'; there are swift-int8"),
      (["--engines", "pgvector-hnsw"], "needs --postgres"),
      (["--engines", "none"], "nothing to compare"),
      (["--engines", "swift-int8,swift-int8"], "two engines are called 'swift-int8'"),
      (["--peer", "nameless"], "--peer"),
      (["--peer", "a='b"], "--peer"),
      (["--unfiltered", "x"], "--unfiltered 'x': there is no --peer of this name"),
      (["--rounds", "0"], "--rounds is from 1"),
      (["--timeout", "0"], "--timeout is from"),
      (["--ef", "0"], "--ef holds 0"),
    ] as [([String], String)])
  func wrongUsageExitsWithTwo(arguments: [String], message: String) throws {
    let outcome = try BuiltCommand.run(data + ["--out", folder.path("out")] + arguments)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }

  @Test func resultsThatAreNoneAreNamed() throws {
    let files = [
      ("absent.json", nil, "there is no such file"),
      ("text.json", "hello", "not JSON"),
      ("array.json", "[]", "it is of another type"),
      ("empty.json", "{}", "neither results of `compare`"),
      ("later.json", #"{"format":2,"datasets":[]}"#, "its format is 2, and this command reads 1"),
      ("cut.json", #"{"engine":"x","points":[]}"#, "has no \"dataset\""),
      ("none.json", #"{"format":1,"datasets":[]}"#, "the results hold no engine"),
    ]
    for (name, content, message) in files {
      if let content { _ = try folder.write(content, as: name) }
      let outcome = try BuiltCommand.run(["report", folder.path(name), "--out", folder.path("out")])
      #expect(outcome.status == 1, "\(name)")
      #expect(outcome.errors.contains(message), "\(name): \(outcome.errors)")
    }
  }

  /// Starts a comparison with a runner that hangs in its second round, and waits until it does.
  private func hanging() throws -> Process {
    let fake = try folder.write(
      FakePeer.script(
        ready: FakePeer.ready(n: 300), before: "echo $$ > '\(folder.path("pid"))'",
        onRound: "[ $n = 2 ] && touch '\(folder.path("hangs"))' && sleep 1000"), as: "fake.sh")
    let process = Process()
    process.executableURL = try BuiltCommand.executable()
    process.arguments = data + ["--engines", "none", "--peer", "fake=sh '\(fake)'", "--out", folder.path("out")]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    #expect(ProcessProbe.wait { FileManager.default.fileExists(atPath: folder.path("hangs")) })
    return process
  }

  @Test func anInterruptKeepsWhatWasMeasuredAndEndsTheRunners() throws {
    let process = try hanging()
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(ProcessProbe.wait { ProcessProbe.isGone(folder.path("pid")) })
    let dataset = try #require(try ResultsFile(reading: [folder.path("out/results.json")]).datasets.first)
    #expect(dataset.engines.map(\.rounds) == [1])
  }

  @Test func runnersEndWithTheComparisonHoweverItEnds() throws {
    let process = try hanging()
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(ProcessProbe.wait { ProcessProbe.isGone(folder.path("pid")) })
  }
}
