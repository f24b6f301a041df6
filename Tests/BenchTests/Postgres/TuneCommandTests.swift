// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresBackend
import Testing
import VectorStoreBench

@Suite("vectorstore-bench tune", .serialized) struct TuneCommandTests {
  private let folder: TemporaryFolder
  private let vectors = GeneratedVectors(.clustered, rows: 1_500, queries: 1, dimension: 24, seed: 8)

  init() throws {
    folder = try TemporaryFolder()
    try VectorFileWriter.write(vectors.base, to: folder.path("base.fvecs"))
  }

  private func object(_ path: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
  }

  @Test("a table's DDL reaches the recall, is accepted by PostgreSQL, and the table is only read")
  func table() async throws {
    try await TestDatabase.with { database in
      try await database.fill(SQLIdentifier(known: "items"), vectors.base)
      let out = folder.path("tune.json")
      let outcome = try BuiltCommand.run([
        "tune", "--base", database.url, "--table", "items", "--sample-queries", "100", "--metric", "cosine", "--recall",
        "0.9", "--try", "hnsw,ivfflat,halfvec,binary", "--m", "4,8", "--ef-construction", "32", "--min-seconds", "0",
        "--json", out,
      ])
      #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
      let report = try object(out)
      #expect(report["reached"] as? Bool == true)
      #expect(report["n"] as? Int == 1_400)
      let tried = try #require(report["tried"] as? [[String: Any]])
      #expect(Set(tried.compactMap { $0["storage"] as? String }) == ["vector", "halfvec", "binary"])
      #expect(Set(tried.compactMap { $0["kind"] as? String }) == ["hnsw", "ivfflat"])
      for trial in tried {
        let measured = try #require(trial["measured"] as? [String: Any])
        // Reached is what is two standard errors above the target.
        if trial["outcome"] as? String == "reached" {
          let (recall, error) = (measured["recall"] as? Double ?? 0, measured["standard_error"] as? Double ?? 0)
          #expect(recall - 2 * error >= 0.9 - 1e-5)
          #expect(trial["held_out"] is [String: Any])
        }
      }
      #expect(try await database.scratchSchemas() == [])
      let indexes = try await database.run("SELECT count(*) FROM pg_indexes WHERE tablename = 'items'")
      #expect(indexes.int(0, 0) == 1, "only the primary key")
      let statements = try #require(report["statements"] as? [String])
      let create = try #require(statements.first { $0.hasPrefix("CREATE INDEX CONCURRENTLY ON items USING ") })
      try await database.run(SQLText(quotedByServer: create))
      #expect(statements.contains { $0.hasPrefix("SET hnsw.ef_search = ") || $0.hasPrefix("SET ivfflat.probes = ") })
    }
  }

  @Test("the index of each kind that is printed can be made", arguments: ["hnsw", "ivfflat", "halfvec", "binary"])
  func everyKind(kind: String) async throws {
    try await TestDatabase.with { database in
      try await database.fill(try SQLIdentifier("Order"), vectors.base)
      let outcome = try BuiltCommand.run([
        "tune", "--base", database.url, "--table", "Order", "--sample-queries", "60", "--metric", "l2", "--recall",
        "0.7",
        "--p95-ms", "10000", "--try", kind, "--min-seconds", "0",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
      let create = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("CREATE INDEX") })
      try await database.run(SQLText(quotedByServer: String(create)))
      let query = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("-- SELECT … ") })
      let vector = "'[" + Array(repeating: "1", count: 24).joined(separator: ",") + "]'"
      let sql = query.dropFirst(3).replacing("SELECT …", with: "SELECT langchain_id").replacing("$1", with: vector)
      #expect(try await database.run(SQLText(quotedByServer: String(sql))).rowCount == 10)
    }
  }

  @Test("what can't be reached exits with 1 and names what came nearest")
  func unreachable() async throws {
    try await TestDatabase.with { database in
      let outcome = try BuiltCommand.run([
        "tune", "--base", folder.path("base.fvecs"), "--engine", "pgvector", "--scratch", database.url,
        "--sample-queries",
        "40", "--metric", "cosine", "--p50-ms", "0.0001", "--m", "4", "--ef-construction", "16", "--min-seconds", "0",
      ])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("Nearest: hnsw m=4 ef_construction=16"), "\(outcome.output)")
      #expect(try await database.scratchSchemas() == [])
    }
  }

  @Test("the embedded engine is tuned on a file")
  func swiftEngine() throws {
    let out = folder.path("tune.json")
    let outcome = try BuiltCommand.run([
      "tune", "--base", folder.path("base.fvecs"), "--sample-queries", "80", "--metric", "cosine", "--recall", "0.9",
      "--m",
      "4,8", "--ef-construction", "16,32", "--min-seconds", "0", "--json", out,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    #expect(outcome.output.contains("HNSWConfiguration(dimension: 24, metric: .cosine"))
    let chosen = try #require(try object(out)["chosen"] as? [String: Any])
    #expect(try #require((chosen["held_out"] as? [String: Any])?["recall"] as? Double) > 0.8)
  }

  @Test(
    "what can't be is wrong usage",
    arguments: [
      ["--recall", "0"], ["--recall", "1.01"], ["--k", "0"], ["--p95-ms", "0"], ["--m", "1"],
      ["--ef-construction", "3"],
      ["--m", "50", "--ef-construction", "64"], ["--try", "annoy"], ["--engine", "pgvector"], ["--try", "ivfflat"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try BuiltCommand.run(
      ["tune", "--base", folder.path("base.fvecs"), "--sample-queries", "40", "--metric", "cosine"] + arguments)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("Error: "))
  }
}
