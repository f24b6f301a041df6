// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

@Suite("search answers programs and people")
struct SearchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      {"id": "whale", "content": "Whales are large animals that live in the ocean", "year": 2020}
      {"id": "krill", "content": "Krill are small animals in the ocean, eaten by whales", "year": 2021}
      {"id": "oak", "content": "An oak is a tree with acorns", "year": 2022}
      {"id": "zh", "content": "pgvector 向量扩展可以存储向量", "lang": "zh"}
      """, as: "rows.jsonl")
    #expect(try folder.ingest("rows.jsonl") == Counts(4))
  }

  private func search(_ arguments: String..., input: String = "") throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(
      ["search", "--store", "s.db", "--json"] + arguments, in: folder, input: Array(input.utf8))
  }

  private func ids(_ arguments: String..., input: String = "") throws -> [String] {
    let outcome = try BuiltCommand.run(
      ["search", "--store", "s.db", "--json"] + arguments, in: folder, input: Array(input.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.lines.compactMap { try JSONValue(parsing: $0)["id"]?.stringValue }
  }

  @Test("a line an answer, best first, with the keys that were promised; k is k")
  func lines() throws {
    let outcome = try search("animals in the ocean", "-k", "3")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let hits = try outcome.lines.map { try JSONValue(parsing: $0) }
    #expect(hits.count == 3)
    #expect(hits.allSatisfy { $0.objectValue?.keys == ["id", "content", "metadata", "distance", "relevance"] })
    let relevances = hits.compactMap { if case .double(let value) = $0["relevance"] { value } else { nil } }
    #expect(relevances.count == 3 && relevances == relevances.sorted(by: >))
    #expect(try ids("ocean", "-k", "100").count == 4)
    #expect(try ids("ocean", "-k", "0").isEmpty)
  }

  @Test("filters in both forms, thresholds, exact, diversity")
  func options() throws {
    #expect(try ids("animals", "--filter", #"{"year": {"$gte": 2022}}"#) == ["oak"])
    #expect(try ids("animals", "--filter", #"{"type": "eq", "key": "year", "value": 2021}"#) == ["krill"])
    let halfFilter = try folder.run("count", "--filter", #"{"type": "eq", "key": "year"}"#, "--store", "s.db")
    #expect(halfFilter.status == 2 && halfFilter.errors.contains("\"value\" is missing"))
    #expect(try ids("Whales are large animals that live in the ocean", "--min-relevance", "0.99") == ["whale"])
    #expect(try ids("Whales are large animals that live in the ocean", "--max-distance", "0.01") == ["whale"])
    #expect(try ids("oak tree", "--exact", "-k", "1") == ["oak"])
    #expect(try ids("animals in the ocean", "--mmr", "--lambda", "0", "-k", "2", "--fetch-k", "4").count == 2)
    #expect(try ids("向量", "--hybrid", "-k", "1") == ["zh"])
    let hybrid = try search("whales", "--hybrid", "-k", "1", "--keywords", "acorns")
    #expect(try JSONValue(parsing: hybrid.lines.first ?? "")["score"] != nil)
    let explained = try search("whales", "--explain")
    #expect(try JSONValue(parsing: explained.errors)["plan"] != nil)
  }

  @Test("by vector, by example, and in batches")
  func otherQueries() throws {
    let embedded = try folder.run("embed", "an oak tree", "--embedder", "hashing:64")
    let vector = try #require(try JSONValue(parsing: embedded.lines.first ?? "")["embedding"])
    #expect(try ids("--vector", vector.serialized(), "-k", "1") == ["oak"])
    #expect(try !ids("--like", "whale", "-k", "4").contains("whale"))
    #expect(try search("--like", "nobody").status == 1)
    #expect(try search("--vector", "[1, 2]").status == 1)
    #expect(try search("--vector", "[1, \"x\"]").status == 2)

    let lines = """
      {"query": "oak tree", "k": 1}
      {"vector": \(try vector.serialized()), "k": 2, "filter": {"year": 2020}}
      {"like": "whale", "k": 1}

      """
    let batch = try search("--batch", "-", input: lines)
    #expect(batch.status == 0, "\(batch.errors)")
    let answers = try batch.lines.map { line in
      try JSONValue(parsing: line)["results"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
    }
    #expect(answers == [["oak"], ["whale"], ["krill"]])

    let broken = try search(
      "--batch", "-", input: "{oops\n{\"query\": \"oak\", \"k\": 1}\n{\"query\": 1}\n{\"vector\": [1]}\n")
    #expect(broken.status == 3)
    #expect(broken.lines.count == 4)
    #expect(try JSONValue(parsing: broken.lines[1])["results"]?.arrayValue?.count == 1)
    #expect(try JSONValue(parsing: broken.lines[3])["error"] != nil)
  }

  @Test("for people: rank, relevance, source and the passage; no colours in a pipe")
  func people() throws {
    let outcome = try folder.run("search", "how", "large", "are", "whales", "--store", "s.db", "-k", "1")
    #expect(outcome.output.hasPrefix(" 1. 0."))
    #expect(outcome.output.contains("rows.jsonl"))
    #expect(outcome.output.contains("    Whales are large animals"))
    #expect(!outcome.output.contains("\u{1B}"))
    try folder.write("{\"content\": \"red \\u001b[31m alert\"}", as: "esc.jsonl")
    _ = try folder.ingest("esc.jsonl")
    #expect(try !folder.run("search", "red alert", "--store", "s.db").output.contains("\u{1B}"))
  }

  @Test("wrong filters and wrong options show the place and end with exit code 2")
  func wrongUsage() throws {
    let noJSON = try search("x", "--filter", #"{"year": }"#)
    #expect(noJSON.status == 2 && noJSON.errors.contains("\n  {\"year\": }\n           ^"))
    let noOperator = try search("x", "--filter", #"{"$and": [{"year": {"$foo": 1}}]}"#)
    #expect(noOperator.status == 2 && noOperator.errors.contains("$and[0].year.$foo"))
    for wrong in [
      [], ["x", "--like", "y"], ["x", "--lambda", "0.5"], ["x", "--mmr", "--lambda", "2"], ["x", "-k", "-1"],
      ["x", "--fusion", "best"], ["x", "--nonsense"], ["x", "--min-relevance", "7"], [" "],
    ] {
      let outcome = try BuiltCommand.run(["search", "--store", "s.db"] + wrong, in: folder)
      #expect(outcome.status == 2, "\(wrong)")
      #expect(outcome.errors.hasPrefix("vectorstore: "), "\(outcome.errors)")
    }
  }

  @Test("a store that is not there is an error, and none is made")
  func missingStore() throws {
    for arguments in [
      ["search", "x"], ["get", "x"], ["count"], ["stats"], ["verify"], ["compact"], ["export", "-"], ["backup", "b"],
      ["delete", "--id", "x"], ["update", "x", "--metadata", "{}"], ["index", "status"],
      ["search", "x", "--read-only"],
    ] {
      let outcome = try BuiltCommand.run(arguments + ["--store", "none.db"], in: folder)
      #expect(outcome.status == 1, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains("none.db"), "\(outcome.errors)")
    }
    #expect(!folder.exists("none.db"))
    #expect(try folder.run("count").status == 2)
  }

  @Test("who closes the pipe is not bothered")
  func closedPipe() throws {
    let shell = Process()
    let command = try BuiltCommand.process([], in: folder)
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    let path = try #require(command.executableURL?.path)
    shell.arguments = [
      "-c",
      "i=0; while [ $i -lt 2000 ]; do echo '{\"query\":\"whale\"}'; i=$((i+1)); done >q; "
        + "('\(path)' search --batch q --store s.db; echo $? >status) 2>errors | head -1 >/dev/null",
    ]
    shell.currentDirectoryURL = command.currentDirectoryURL
    shell.environment = command.environment
    try shell.run()
    shell.waitUntilExit()
    #expect(try folder.text("status") == "0\n")
    #expect(try folder.text("errors").isEmpty)
  }
}
