// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreBench

@Suite struct AnnCommandTests {
  private let folder: TemporaryFolder
  private let data: [String]

  /// 400 random rows of 24 values, and 20 queries.
  init() throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(seed: 3)
    func rows(_ count: Int) -> [[Float]] {
      (0..<count).map { _ in (0..<24).map { _ in Float.random(in: -1...1, using: &random) } }
    }
    let base = try folder.write(FileBytes.fvecs(rows(400)), as: "base.fvecs")
    let query = try folder.write(FileBytes.fvecs(rows(20)), as: "query.fvecs")
    data = ["--base", base, "--query", query, "--min-seconds", "0"]
  }

  private func object(_ json: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test(arguments: ["float32", "int8"], ["cosine", "l2", "ip"])
  func writesTheKeysThatAreFixed(storage: String, metric: String) throws {
    let out = folder.path("out.json")
    let outcome = try BuiltCommand.run(
      ["ann"] + data + ["--storage", storage, "--metric", metric, "--ef", "200,400", "--json", out]
        + ["--filter-selectivity", "0.1", "--dataset", "made"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    let result = try object(try String(contentsOfFile: out, encoding: .utf8))
    #expect(result["engine"] as? String == "swift-hnsw")
    #expect(result["dataset"] as? String == "made")
    #expect(result["n"] as? Int == 400)
    #expect(result["dim"] as? Int == 24)
    #expect(result["metric"] as? String == metric)
    #expect(result["storage"] as? String == storage)
    #expect((result["params"] as? [String: Any])?["ef_construction"] as? Int == 64)
    #expect(result["threads"] as? Int == 1)
    for key in ["build_seconds", "index_bytes", "resident_bytes"] {
      #expect(result[key] is NSNumber, "\(key)")
    }
    let points = try #require(result["points"] as? [[String: Any]])
    #expect(points.map { $0["ef"] as? Int } == [200, 400, 200, 400])
    #expect(points.map { $0["selectivity"] as? Double } == [nil, nil, 0.1, 0.1])
    for point in points {
      #expect(try #require(point["recall"] as? Double) > 0.99)
      for key in ["qps", "p50_us", "p95_us", "p99_us"] {
        #expect(try #require(point[key] as? Double) > 0, "\(key)")
      }
      #expect(point["violations"] == nil)
    }
  }

  @Test func measuresExactSearch() throws {
    let out = folder.path("out.json")
    let outcome = try BuiltCommand.run(["ann"] + data + ["--index", "exact", "--metric", "l1", "--json", out])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try object(try String(contentsOfFile: out, encoding: .utf8))
    let points = try #require(result["points"] as? [[String: Any]])
    #expect(points.map { $0["recall"] as? Double } == [1])
    #expect(result["index_bytes"] == nil)
  }

  @Test func servesRounds() throws {
    let requests = [
      #"{"round":1}"#, #"{"round":2,"filters":false}"#, #"{"build":true,"threads":2}"#, #"{"memory":true}"#,
      "nonsense", "{}", #"{"exit":true}"#, #"{"round":3}"#,
    ]
    let outcome = try BuiltCommand.run(
      ["ann"] + data + ["--metric", "cosine", "--ef", "40", "--filter-selectivity", "0.5", "--serve"],
      input: requests.joined(separator: "\n") + "\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let replies = try outcome.output.split(separator: "\n").map { try object($0) }
    #expect(replies.count == 7)
    #expect(replies.first?["ready"] as? Bool == true)
    #expect(replies.first?["protocol"] as? Int == 1)
    let rounds = replies.filter { $0["round"] != nil }
    #expect(rounds.map { ($0["points"] as? [Any])?.count } == [2, 1])
    #expect(replies.first { $0["build"] != nil }?["threads"] as? Int == 2)
    #expect(replies.first { $0["memory"] != nil }?["resident_bytes"] is NSNumber)
    #expect(replies.filter { $0["error"] != nil }.count == 2)
  }

  @Test func savesTheIndex() throws {
    let index = folder.path("kept.index")
    let outcome = try BuiltCommand.run(
      ["ann"] + data + ["--metric", "cosine", "--ef", "40", "--json", folder.path("out.json"), "--save", index])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: index))
  }

  @Test(arguments: [
    ["--metric", "cosine"],
    ["--metric", "hamming", "--json", "o"],
    ["--metric", "l2", "--json", "o", "--ef", "0"],
    ["--metric", "l2", "--json", "o", "--ef", "10,,20"],
    ["--metric", "l2", "--json", "o", "--k", "0"],
    ["--metric", "l2", "--json", "o", "--m", "1"],
    ["--metric", "l2", "--json", "o", "--threads", "0"],
    ["--metric", "l2", "--json", "o", "--filter-selectivity", "1.5"],
    ["--metric", "l2", "--json", "o", "--filter-selectivity", "nan"],
    ["--metric", "l2", "--json", "o", "--filter-values", "3"],
    ["--metric", "l2", "--json", "o", "--index", "exact", "--storage", "int8"],
    ["--metric", "l2", "--json", "o", "--nonsense"],
  ])
  func wrongUsageExitsWithTwo(arguments: [String]) throws {
    let outcome = try BuiltCommand.run(["ann"] + data + arguments)
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("Error: "))
    #expect(outcome.output.isEmpty)
  }

  @Test func aFileThatCannotBeUsedExitsWithOneAndIsNamed() throws {
    let absent = folder.path("absent.fvecs")
    let out = folder.path("out.json")
    let outcome = try BuiltCommand.run(
      ["ann", "--base", absent, "--query", absent, "--metric", "l2", "--json", out])
    #expect(outcome.status == 1)
    #expect(outcome.errors == "Error: \(absent): there is no such file\n")

    let other = try folder.write(FileBytes.fvecs([[1, 2]]), as: "other.fvecs")
    let mismatch = try BuiltCommand.run(["ann"] + data + ["--query", other, "--metric", "l2", "--json", out])
    #expect(mismatch.status == 1)
    #expect(mismatch.errors.contains("dimension 2, but the base has 24"))

    let nowhere = try BuiltCommand.run(
      ["ann"] + data + ["--metric", "l2", "--ef", "10", "--json", folder.path("no/such/folder.json")])
    #expect(nowhere.status == 1)
  }

  @Test func helpIsNoError() throws {
    let outcome = try BuiltCommand.run(["ann", "--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("--ef-construction"))
    #expect(outcome.errors.isEmpty)
  }
}
