// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Statements that the engine sends on a connection of their own.
@Suite struct PipelineTests {
  private func withEngine(
    _ change: (inout PGEngine.Options) -> Void = { _ in }, _ body: (PGEngine) async throws -> Void
  ) async throws {
    var options = PGEngine.Options()
    options.maximumSize = 1
    change(&options)
    let engine = try PGEngine(try TestServer.url, options: options)
    try await body(engine)
    #expect(engine.pool.inUse == 0)
    await engine.close()
  }

  @Test func resultsComeInTheOrderOfTheStatements() async throws {
    try await withEngine { engine in
      for number in 1...3 {
        let results = try await engine.pipeline([
          .numbers("SELECT $1::int8", number), .numbers("SELECT $1::int8 + $2::int8", number, 10),
        ])
        #expect(results.map { $0.int(0, 0) } == [number, number + 10])
      }
      #expect(try await engine.pipeline([]).isEmpty)
      #expect(engine.pool.acquired == 3 && engine.pool.connected == 1)
    }
  }

  @Test func moreTasksThanConnectionsGetTheirOwnAnswers() async throws {
    try await withEngine { engine in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          group.addTask {
            let result = try await engine.pipeline([.numbers("SELECT $1::int8", number)])
            #expect(result.first?.int(0, 0) == number)
          }
        }
        try await group.waitForAll()
      }
      #expect(engine.pool.acquired == 200 && engine.pool.connected == 1)
    }
  }

  @Test func anErrorLeavesTheConnectionFitForTheNext() async throws {
    try await withEngine { engine in
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.pipeline([PGStatement("SELECT 1"), .numbers("SELECT 1 / ($1::int8)", 0)])
      }
      #expect(error?.context[.sqlState] == "22012")
      let after = try await engine.pipeline([PGStatement("SELECT 7")])
      #expect(after.first?.int(0, 0) == 7)
      #expect(engine.pool.connected == 1)
    }
  }

  @Test func aTransactionLeftOpenIsRolledBack() async throws {
    try await withEngine { engine in
      _ = try await engine.pipeline([
        PGStatement("BEGIN", isPrepared: false), PGStatement("CREATE TABLE left_open_too (n int8)", isPrepared: false),
      ])
      let result = try await engine.pipeline([
        PGStatement("SELECT to_regclass('left_open_too') IS NULL, now() = statement_timestamp()")
      ])
      #expect(result.first?.bool(0, 0) == true)
      #expect(engine.pool.connected == 1)
    }
  }

  @Test func aConnectionThatTheServerEndedIsReplaced() async throws {
    try await withEngine { engine in
      let pid = try await engine.pipeline([PGStatement("SELECT pg_backend_pid()")]).first?.int(0, 0) ?? 0
      _ = try await TestServer.run("SELECT pg_terminate_backend(\(pid), 10000)")
      let other = try await engine.pipeline([PGStatement("SELECT pg_backend_pid()")]).first?.int(0, 0)
      #expect(other != nil && other != pid)
      #expect(engine.pool.broken == 1)
    }
  }

  @Test func aCancelledTaskSendsNothing() async throws {
    try await withEngine { engine in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await engine.pipeline([PGStatement("SELECT 1")]).count
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(engine.pool.acquired == 0)
    }
  }

  @Test func theStatementTimeoutCountsForIt() async throws {
    try await withEngine({ $0.statementTimeout = .milliseconds(100) }) { engine in
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.pipeline([PGStatement("SELECT pg_sleep(60)")])
      }
      #expect(error?.code == .unavailable)
      let after = try await engine.pipeline([PGStatement("SELECT 7")])
      #expect(after.first?.int(0, 0) == 7)
    }
  }
}
