// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresBackend
import Testing
import VectorStoreCore

/// The command; what it answers over HTTP is tested in ServerTests.
@Suite("serve")
struct ServeTests {
  /// A table of the tests' server, made by the service.
  private struct Table {
    let url: String
    let name = "serve_\(UInt64.random(in: .min ... .max))"
    let folder: TemporaryFolder

    init() throws {
      url = try #require(
        ProcessInfo.processInfo.environment["VECTORSTORE_TEST_POSTGRES"],
        "the URL of a PostgreSQL with pgvector; scripts/test starts one")
      folder = try TemporaryFolder()
    }

    func serve(_ more: String..., body: (RunningService) async throws -> Void) async throws {
      let arguments = ["--store", url, "--table", name, "--embedder", "hashing:64"] + more
      try await RunningService.run(arguments, in: folder, body)
    }

    /// Runs a statement on the table and keeps its transaction open for the closure.
    func holding(_ sql: (SQLIdentifier) -> SQLText, _ body: () async throws -> Void) async throws {
      let engine = try PGEngine(url)
      let table = try SQLIdentifier(name)
      try await engine.withConnection { connection in
        _ = try await connection.execute(SQLText("BEGIN").statement(isPrepared: false))
        _ = try await connection.execute(sql(table).statement(isPrepared: false))
        try await body()
        _ = try await connection.execute(SQLText("COMMIT").statement(isPrepared: false))
      }
      await engine.close()
    }
  }

  @Test("a full pool of PostgreSQL is answered with 503 and when to ask again, before the time of a request is over")
  func fullPool() async throws {
    let table = try Table()
    try await table.serve("--timeout", "4", "--write-timeout", "4") { service in
      let sent = try await service.send("POST", "/documents", Array(#"[{"id": "a", "content": "graph"}]"#.utf8))
      #expect(sent.status == 200, "\(sent.body)")
      try await table.holding({ "LOCK TABLE \($0) IN ACCESS EXCLUSIVE MODE" }) {
        // More than the pool has connections: those that get one wait for the lock, the others for a connection.
        let answers = try await withThrowingTaskGroup(of: RunningService.Answer.self) { group in
          for _ in 0..<24 { group.addTask { try await service.get("/search?query=graph") } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 504 && $0.code == "timeout" } == 10)
        let full = answers.filter { $0.status == 503 }
        #expect(full.count == 14 && full.allSatisfy { $0.code == "unavailable" && $0.retryAfter == "5" })
        #expect(try await service.get("/healthz").status == 200)
      }
      let found = try await service.get("/search?query=graph")
      #expect(found.status == 200 && found.body.contains("graph"))
    }
    try await table.holding({ "DROP TABLE \($0)" }) {}
  }

  @Test(
    "a service is ready only as long as its table can be read, whatever its ids are",
    arguments: ["text", "uuid", "bigint"])
  func readiness(_ idType: String) async throws {
    let table = try Table()
    try await table.serve("--id-column", "id:\(idType)") { service in
      #expect(try await service.get("/readyz").status == 200)
      try await table.holding({ "DROP TABLE \($0)" }) {}
      let answer = try await service.get("/readyz")
      #expect(answer.status == 503 && answer.code == "not_ready" && answer.retryAfter == "5", "\(answer.body)")
    }
  }

  @Test("as many connections are allowed as the system lets")
  func openFiles() async throws {
    let folder = try TemporaryFolder()
    try await RunningService.run(["--store", "memory:"], in: folder, shell: "ulimit -Sn 200;") { service in
      let metrics = try await service.get("/metrics").body
      let line = metrics.split(separator: "\n").first { $0.hasPrefix("process_max_fds ") }
      #expect(line.flatMap { Int($0.dropFirst("process_max_fds ".count)) } ?? 0 > 200, "\(metrics)")
    }
  }

  @Test("a program that reads an uploaded file is given up when time is over")
  func hangingTool() async throws {
    let folder = try TemporaryFolder()
    let tool = try folder.write("#!/bin/sh\nexec sleep 3600\n", as: "bin/pdftotext")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
    try await RunningService.run(
      ["--store", "memory:", "--embedder", "hashing:8", "--write-timeout", "1"], in: folder,
      environment: ["PATH": "\(folder.path("bin")):/usr/bin:/bin"]
    ) { service in
      let answer = try await service.send("POST", "/files?name=a.pdf", Array("%PDF-1.4".utf8), type: "application/pdf")
      #expect(answer.status == 504 || answer.status == 422, "\(answer.body)")
    }
  }

  @Test("names of hosts that no request can name are refused", arguments: ["db.example:80", "::1", ""])
  func hosts(_ name: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try folder.run("serve", "--store", "memory:", "--port", "0", "--allow-host", name)
    #expect(outcome.status == 2 && outcome.errors.contains("--allow-host"), "\(outcome.errors)")
  }
}
