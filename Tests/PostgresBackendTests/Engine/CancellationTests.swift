// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// A cancelled task ends its statement, and nobody else's.
@Suite struct CancellationTests {
  @Test func aCancelledStatementEndsInTheServer() async throws {
    let engine = try PGEngine(try TestServer.url)
    let task = Task {
      try await engine.withConnection { try await $0.execute(PGStatement("SELECT pg_sleep(600) /* cancel-1 */")) }
    }
    let running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%cancel' || '-1%'"
    try await eventually("it runs") { try await TestServer.run(running).int(0, 0) == 1 }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await TestServer.run(running).int(0, 0) == 0)
    // The connection is whole, and used again.
    try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    #expect(engine.pool.connected == 1)
    #expect(engine.pool.broken == 0)
    await engine.close()
  }

  @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
    let engine = try PGEngine(try TestServer.url)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await engine.withConnection { _ in }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    await engine.close()
  }

  @Test func cancellationAtRandomMomentsHitsNobodyElse() async throws {
    var options = PGEngine.Options()
    options.maximumSize = 4
    let engine = try PGEngine(try TestServer.url, options: options)
    let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<600 { group.addTask { try await Self.askThreeTimes(engine, number, cancels: number % 2 == 0) } }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answered >= 300)
    #expect(answered < 600)
    #expect(engine.pool.inUse == 0)
    #expect(engine.pool.waiting == 0)
    #expect(engine.pool.broken == 0)
    await engine.close()
  }

  /// Whether it was answered; otherwise it was cancelled.
  private static func askThreeTimes(_ engine: PGEngine, _ number: Int, cancels: Bool) async throws -> Bool {
    let task = Task {
      try await engine.withConnection { connection in
        for step in 0..<3 {
          let result = try await connection.execute(
            .numbers("SELECT $1::int8, count(*) FROM generate_series(1, 2000) WHERE $2::int8 >= 0", number, step))
          #expect(result.int(0, 0) == number)
          #expect(result.int(0, 1) == 2_000)
        }
      }
    }
    if cancels {
      try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
      task.cancel()
    }
    do {
      try await task.value
      return true
    } catch is CancellationError {
      #expect(cancels)
      return false
    }
  }

  @Test func aCancelledTransactionLeavesNothing() async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.withConnection {
        _ = try await $0.execute(PGStatement("CREATE TABLE t (n int8)", isPrepared: false))
      }
      let began = AsyncStream<Void>.makeStream()
      let task = Task {
        try await engine.transaction { connection in
          _ = try await connection.execute(.numbers("INSERT INTO t VALUES ($1)", 1))
          began.continuation.yield()
          _ = try await connection.execute(PGStatement("SELECT pg_sleep(600)"))
        }
      }
      for await _ in began.stream { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let count = try await engine.withConnection {
        try await $0.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0)
      }
      #expect(count == 0)
      #expect(engine.pool.broken == 0)
      await engine.close()
    }
  }

  @Test func aStatementThatTakesTooLongIsCancelled() async throws {
    var options = PGEngine.Options()
    options.statementTimeout = .milliseconds(200)
    let engine = try PGEngine(try TestServer.url, options: options)
    let error = await #expect(throws: VectorStoreError.self) {
      try await engine.withConnection { try await $0.execute(PGStatement("SELECT pg_sleep(600)")) }
    }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("statement timeout of 0.2 seconds") == true)
    try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    #expect(engine.pool.broken == 0)
    await engine.close()
  }
}
