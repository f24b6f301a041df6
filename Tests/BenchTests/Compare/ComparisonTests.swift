// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct ComparisonTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func plan(_ engines: [ComparedEngine], rounds: Int = 3, builds: Int = 2) throws -> ComparisonPlan {
    let settings = ComparisonSettings(
      rounds: rounds, filterRounds: 1, builds: builds, parallelBuildThreads: 2, ef: [10], m: 16, efConstruction: 64,
      threads: 1, minSeconds: 0)
    return ComparisonPlan(
      dataset: "made", engines: engines, settings: settings, filters: 0, categoryNames: ["a"], timeout: 20,
      logs: folder.path(""), companion: try BuiltCommand.executable().path)
  }

  @Test func enginesTakeTurnsInAnOrderThatTurns() throws {
    let journal = folder.path("journal")
    let engines = try ["x", "y", "z"].map { name in
      try FakePeer.engine(name, FakePeer.script(onRound: "echo \(name)$n >> '\(journal)'"), in: folder)
    }
    let dataset = try Comparison(try plan(engines, builds: 1)).run()
    let turns = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(turns.count == 9)
    // Every round is done by all before the next one begins, each time another engine being the first.
    for round in 1...3 {
      #expect(Set(turns[(round * 3 - 3)..<(round * 3)]) == ["x\(round)", "y\(round)", "z\(round)"])
    }
    #expect(Set([turns[0], turns[3], turns[6]].map { $0.prefix(1) }) == ["x", "y", "z"])
    #expect(dataset.engines.map(\.id) == ["x", "y", "z"])
    #expect(dataset.failures.isEmpty)
  }

  @Test func everythingThatIsAnsweredIsKept() throws {
    let engine = try FakePeer.engine("x", FakePeer.script(), in: folder)
    let dataset = try Comparison(try plan([engine])).run()
    let record = try #require(dataset.engines.first)
    #expect(dataset.name == "made")
    #expect(dataset.shape.text == "1,000 × 8, l2, recall@10")
    #expect(dataset.categoryNames == ["a"])
    #expect(dataset.created != nil)
    #expect(dataset.machine != nil)
    #expect(dataset.settings?.rounds == 3)
    #expect(record.rounds == 3)
    #expect(record.version == "1.2")
    #expect(record.builds == [BuildTimes(threads: 1, seconds: [1.5, 2.5]), BuildTimes(threads: 2, seconds: [2.5])])
    #expect(record.memory.indexBytes == 12000)
    #expect(record.points.map(\.p99) == [7])
  }

  @Test func whoFailsIsNamedAndTheOthersGoOn() throws {
    let engines = [
      try FakePeer.engine("good", FakePeer.script(), in: folder),
      try FakePeer.engine("absent", "exit 3\n", in: folder),
      try FakePeer.engine("fickle", FakePeer.script(onRound: "[ $n = 2 ] && exit 4"), in: folder),
      try FakePeer.engine("other", FakePeer.script(ready: FakePeer.ready(n: 999)), in: folder),
    ]
    let dataset = try Comparison(try plan(engines)).run()
    #expect(dataset.engines.map(\.id) == ["good", "fickle"])
    #expect(dataset.engines.map(\.rounds) == [3, 1])
    #expect(dataset.failures.map(\.engine) == ["absent", "other", "fickle"])
    #expect(dataset.failures.map(\.during) == ["start", "start", "round 2 of 3"])
    #expect(dataset.failures[1].message.contains("999 × 8"))
  }

  /// A runner that can't build twice or save its index is measured all the same.
  @Test func whoCannotSaveIsStillMeasured() throws {
    let script = FakePeer.script().replacing("*memory*)", with: "*nothing*)").replacing("*build*)", with: "*none*)")
    let dataset = try Comparison(try plan([try FakePeer.engine("x", script, in: folder)])).run()
    #expect(dataset.engines.map(\.rounds) == [3])
    #expect(dataset.engines.first?.memory.indexBytes == nil)
    #expect(dataset.failures.map(\.during) == ["build 2", "build on 2 threads", "memory"])
    #expect(dataset.failures.allSatisfy { $0.message == "what?" })
  }

  @Test func whereNobodyIsMeasuredTheErrorSaysWhy() throws {
    let engine = try FakePeer.engine("x", "echo no luck >&2; exit 1\n", in: folder)
    let error = #expect(throws: BenchError.self) { try Comparison(try plan([engine])).run() }
    #expect(error?.description == "no engine was measured: x: ended with status 1: no luck")
  }
}
