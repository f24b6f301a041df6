// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresBackend
import Testing
import VectorStoreBench

/// On a real server; see ``TestDatabase``.
@Suite("vectorstore-bench pgvector", .serialized) struct PgvectorCommandTests {
  private let folder: TemporaryFolder
  private let vectors = GeneratedVectors(.clustered, rows: 1_200, queries: 20, dimension: 24, seed: 3)
  private let data: [String]

  init() throws {
    folder = try TemporaryFolder()
    try VectorFileWriter.write(vectors.base, to: folder.path("base.fvecs"))
    try VectorFileWriter.write(vectors.queries, to: folder.path("query.fvecs"))
    data = [
      "--base", folder.path("base.fvecs"), "--query", folder.path("query.fvecs"), "--metric", "cosine", "--min-seconds",
      "0",
    ]
  }

  private func object(_ json: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  /// Runs the command, and returns its document.
  private func measure(_ arguments: [String]) throws -> [String: Any] {
    let out = folder.path("out.json")
    let outcome = try BuiltCommand.run(["pgvector"] + arguments + ["--json", out])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    return try object(try String(contentsOfFile: out, encoding: .utf8))
  }

  private func points(_ document: [String: Any]) throws -> [[String: Any]] {
    try #require(document["points"] as? [[String: Any]])
  }

  @Test("the keys of ann, filters as conditions, iterative scans, and nothing is left behind")
  func document() async throws {
    try await TestDatabase.with { database in
      let labels = try folder.write((0..<1_200).map { "\($0 % 40)\n" }.joined(), as: "labels.txt")
      let document = try measure(
        ["--postgres", database.url] + data + [
          "--ef", "40,400", "--iterative", "off,strict,relaxed", "--filter-selectivity", "0.02", "--filter-labels",
          labels,
          "--filter-values", "3,4+5", "--dataset", "made",
        ])
      #expect(document["engine"] as? String == "pgvector-hnsw")
      #expect(document["dataset"] as? String == "made")
      #expect(document["n"] as? Int == 1_200)
      #expect(document["dim"] as? Int == 24)
      #expect(document["storage"] as? String == "vector")
      #expect((document["params"] as? [String: Any])?["ef_construction"] as? Int == 64)
      #expect(try #require(document["index_bytes"] as? Int) > 100_000)
      #expect(try #require(document["build_seconds"] as? Double) > 0)
      let server = try #require(document["server"] as? [String: Any])
      #expect((server["version"] as? String)?.hasPrefix("PostgreSQL ") == true)
      #expect((server["pgvector"] as? String)?.isEmpty == false)
      let settings = try #require(server["settings"] as? [String: String])
      #expect(settings["build.max_parallel_maintenance_workers"] == "0")
      let points = try points(document)
      #expect(points.count == 3 * 4 * 2)
      #expect(points.prefix(8).allSatisfy { $0["iterative"] as? String == "off" })
      #expect(points.map { $0["ef"] as? Int } == (0..<12).flatMap { _ in [40, 400] })
      for point in points {
        #expect(point["violations"] == nil)
        #expect(point["plan"] == nil)
        for key in ["qps", "qps_single", "qps_batch", "p50_us", "p95_us", "p99_us"] {
          #expect(try #require(point[key] as? Double) > 0, "\(key)")
        }
        let recall = try #require(point["recall"] as? Double)
        #expect(try #require(point["recall_p5"] as? Double) <= recall + 1e-9)
        #expect(point["recall_ids"] is NSNumber)
        #expect(point["worst"] is [Any])
        // Without a filter, or where a scan goes on until it has enough, all is found.
        if point["ef"] as? Int == 400, point["filter"] == nil || point["iterative"] as? String != "off" {
          #expect(recall > 0.97, "\(point)")
        }
        // Of forty candidates a fiftieth matches.
        if point["ef"] as? Int == 40, point["filter"] as? String == "random", point["iterative"] as? String == "off" {
          #expect(recall < 0.5)
        }
      }
      #expect(try await database.scratchSchemas() == [])
    }
  }

  @Test(
    "every kind and storage finds the nearest",
    arguments: [
      ("hnsw", "vector", "l2"), ("hnsw", "vector", "ip"), ("hnsw", "vector", "l1"), ("hnsw", "halfvec", "cosine"),
      ("hnsw", "binary", "cosine"), ("ivfflat", "vector", "cosine"), ("ivfflat", "halfvec", "l2"),
      ("ivfflat", "binary", "cosine"),
    ])
  func kinds(kind: String, storage: String, metric: String) async throws {
    try await TestDatabase.with { database in
      let document = try measure(
        ["--postgres", database.url] + data.map { $0 == "cosine" ? metric : $0 } + [
          "--index", kind, "--storage", storage, "--lists", "7", "--probes", "1,7,99", "--ef", "400", "--rerank", "30",
        ])
      let suffix = storage == "vector" ? "" : "-\(storage)"
      #expect(document["engine"] as? String == "pgvector-\(kind)\(suffix)")
      let points = try points(document)
      #expect(points.map { $0["ef"] as? Int } == (kind == "hnsw" ? [400] : [1, 7]))
      // 300 of 1,200 rows are ranked again: few are lost by a bit for a value.
      #expect(try #require(points.last?["recall"] as? Double) > (storage == "binary" ? 0.8 : 0.97))
      #expect((document["params"] as? [String: Any])?["rerank"] as? Int == (storage == "vector" ? nil : 30))
    }
  }

  @Test("serves rounds, builds and sizes; the end of its input drops its schema")
  func serves() async throws {
    try await TestDatabase.with { database in
      let requests = [
        #"{"round":1}"#, #"{"round":2,"filters":false}"#, #"{"build":true,"threads":2}"#, #"{"memory":true}"#,
        "nonsense",
        #"{"round":3}"#,
      ]
      let outcome = try BuiltCommand.run(
        ["pgvector", "--postgres", database.url] + data + ["--ef", "40", "--filter-selectivity", "0.5", "--serve"],
        input: requests.joined(separator: "\n") + "\n")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let replies = try outcome.output.split(separator: "\n").map { try object($0) }
      #expect(replies.count == 7)
      #expect(replies.first?["ready"] as? Bool == true)
      #expect(replies.first?["points"] as? [Int] == [])
      #expect(replies.filter { $0["round"] != nil }.map { ($0["points"] as? [Any])?.count } == [2, 1, 2])
      #expect(replies.first { $0["build"] != nil }?["threads"] as? Int == 2)
      #expect(replies.first { $0["memory"] != nil }?["index_bytes"] is NSNumber)
      #expect(replies.filter { $0["error"] != nil }.count == 1)
      #expect(try await database.scratchSchemas() == [])
    }
  }

  @Test("an interrupted run drops its schema; a killed run's is dropped by the next, a living one's never")
  func clearsUp() async throws {
    try await TestDatabase.with { database in
      let serving = ["pgvector", "--postgres", database.url] + data + ["--ef", "40", "--serve"]
      let interrupted = try RunningCommand(serving)
      #expect(try interrupted.line().contains("\"ready\":true"))
      #expect(try await database.scratchSchemas().count == 1)
      #expect(interrupted.end(SIGTERM) == 130)
      #expect(try await database.scratchSchemas() == [])

      let killed = try RunningCommand(serving)
      #expect(try killed.line().contains("\"ready\":true"))
      #expect(killed.end(SIGKILL) == -SIGKILL)
      let left = try await database.scratchSchemas()
      #expect(left.count == 1)

      let living = try RunningCommand(serving)
      #expect(try living.line().contains("\"ready\":true"))
      let living1 = try await database.scratchSchemas()
      // The server may take a moment to see that the killed one's connection is gone.
      #expect(living1.count <= 2)
      _ = try measure(["--postgres", database.url] + data + ["--ef", "40"])
      #expect(try await database.scratchSchemas() == living1.filter { !left.contains($0) })
      try living.write(#"{"round":1}"#)
      #expect(try living.line().contains("\"points\":[{"))
      #expect(living.end(SIGINT) == 130)
      #expect(try await database.scratchSchemas() == [])
    }
  }

  @Test("an error drops the schema, and says what is wrong")
  func errors() async throws {
    try await TestDatabase.with { database in
      let wide = GeneratedVectors(.uniform, rows: 60, queries: 2, dimension: 2_100, seed: 1)
      try VectorFileWriter.write(wide.base, to: folder.path("wide.fvecs"))
      try VectorFileWriter.write(wide.queries, to: folder.path("wideq.fvecs"))
      let outcome = try BuiltCommand.run([
        "pgvector", "--postgres", database.url, "--base", folder.path("wide.fvecs"), "--query",
        folder.path("wideq.fvecs"),
        "--metric", "l2", "--json", folder.path("o.json"),
      ])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("2000"), "\(outcome.errors)")
      #expect(try await database.scratchSchemas() == [])
      let elsewhere = try BuiltCommand.run(
        ["pgvector", "--postgres", "postgresql://u:secret@127.0.0.1:1/none"] + data + ["--json", folder.path("o.json")])
      #expect(elsewhere.status == 1)
      #expect(!elsewhere.errors.contains("secret"))
    }
  }

  @Test("an index that is there is measured in a session that may only read")
  func existing() async throws {
    try await TestDatabase.with { database in
      let table = try SQLIdentifier("My Items")
      try await database.fill(table, vectors.base)
      let arguments =
        [
          "--base", database.url + "?options=-c%20default_transaction_read_only%3Don", "--table", "\"My Items\"",
          "--existing",
        ]
      let rest = ["--metric", "cosine", "--min-seconds", "0", "--ef", "40,400"]
      let queries = ["--query", folder.path("query.fvecs")]
      let none = try BuiltCommand.run(["pgvector"] + arguments + rest + queries + ["--json", folder.path("o.json")])
      #expect(none.status == 1)
      #expect(none.errors.contains("no valid HNSW or IVFFlat index"))
      try await database.run("CREATE INDEX graph ON \(table) USING hnsw (embedding vector_cosine_ops) WITH (m = 8)")
      let document = try measure(arguments + rest + queries)
      #expect(document["engine"] as? String == "pgvector-hnsw")
      #expect((document["params"] as? [String: Any])?["index"] as? String == "graph")
      #expect((document["params"] as? [String: Any])?["m"] as? Int == 8)
      let given = try points(document)
      #expect(try #require(given.last?["recall"] as? Double) > 0.97)
      // Known by their ids the rows are the same as by their places.
      let byID = try points(measure(arguments + rest + queries + ["--id-column", "langchain_id"]))
      #expect(byID.map { $0["recall"] as? Double } == given.map { $0["recall"] as? Double })
      // Sampled rows are no answers to themselves: with them a tenth of the recall would be lost, or won.
      let sampled = try points(measure(arguments + rest + ["--sample-queries", "50"]))
      #expect(try #require(sampled.last?["recall"] as? Double) > 0.97)
      let another = try BuiltCommand.run(
        ["pgvector"] + arguments + queries + ["--metric", "l2", "--json", folder.path("o.json")])
      #expect(another.status == 1)
      #expect(another.errors.contains("is by cosine"))

      try await database.run(
        """
        CREATE INDEX halves ON \(table) USING hnsw ((embedding::halfvec(24)) halfvec_cosine_ops)
        WHERE langchain_id < '10600'
        """)
      try await database.run(
        "CREATE INDEX bits ON \(table) USING hnsw ((binary_quantize(embedding)::bit(24)) bit_hamming_ops)")
      let several = try BuiltCommand.run(["pgvector"] + arguments + rest + queries + ["--json", folder.path("o.json")])
      #expect(several.status == 1)
      #expect(several.errors.contains("'bits', 'graph', 'halves'"), "\(several.errors)")
      let halves = try measure(arguments + rest + queries + ["--index-name", "halves"])
      #expect(halves["n"] as? Int == 600)
      #expect(halves["engine"] as? String == "pgvector-hnsw-halfvec")
      #expect(try #require(points(halves).last?["recall"] as? Double) > 0.97)
      let bits = try measure(arguments + rest + queries + ["--index-name", "bits", "--rerank", "30"])
      #expect(bits["engine"] as? String == "pgvector-hnsw-binary")
      #expect(try #require(points(bits).last?["recall"] as? Double) > 0.8)
    }
  }

  @Test(
    "what can't be is wrong usage",
    arguments: [
      ["--ef", "1001"], ["--m", "40", "--ef-construction", "64"], ["--index", "ivfflat", "--iterative", "strict"],
      ["--lists", "0"], ["--probes", "0"], ["--rerank", "0"], ["--storage", "int8"], ["--index-name", "x"],
      ["--existing", "--filter-selectivity", "0.5"], ["--sample-queries", "3"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try BuiltCommand.run(
      ["pgvector", "--postgres", "postgresql://127.0.0.1:1/none"] + data + arguments + [
        "--json", folder.path("o.json"),
      ])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("Error: "))
  }
}
