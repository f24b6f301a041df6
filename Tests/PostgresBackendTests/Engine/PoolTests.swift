// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Connections are lent to one task at a time, in turn, and come back.
@Suite struct PoolTests {
  private func engine(_ change: (inout PGEngine.Options) -> Void) throws -> PGEngine {
    var options = PGEngine.Options()
    change(&options)
    return try PGEngine(try TestServer.url, options: options)
  }

  @Test func aThousandTasksOverFourConnectionsGetTheirOwnAnswers() async throws {
    let engine = try engine { $0.maximumSize = 4 }
    let backends = Shared<Set<Int>>([])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<1_000 {
        group.addTask {
          let result = try await engine.withConnection {
            try await $0.execute(.numbers("SELECT $1::int8, pg_backend_pid()", number))
          }
          #expect(result.int(0, 0) == number)
          if let pid = result.int(0, 1) { backends.change { $0.insert(pid) } }
        }
      }
      try await group.waitForAll()
    }
    #expect(backends.value.count <= 4)
    let pool = engine.pool
    #expect(pool.size <= 4)
    #expect(pool.inUse == 0)
    #expect(pool.waiting == 0)
    #expect(pool.acquired == 1_000)
    #expect(pool.broken == 0)
    #expect(pool.longestWait <= pool.waitTime)
    await engine.close()
  }

  @Test func waitersGiveUpInTimeAndSayWhy() async throws {
    let engine = try engine {
      $0.maximumSize = 1
      $0.acquireTimeout = .milliseconds(200)
    }
    try await engine.withConnection { _ in
      let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("1 of 1 are in use") == true)
    }
    #expect(engine.pool.timeouts == 1)
    #expect(engine.pool.waiting == 0)
    try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    await engine.close()
  }

  @Test func oneMoreThanTheLimitIsRefusedAtOnce() async throws {
    let engine = try engine {
      $0.maximumSize = 1
      $0.waiterLimit = 2
    }
    try await engine.withConnection { _ in
      let waiters = (0..<2).map { _ in Task { try await engine.withConnection { _ in } } }
      try await eventually("two wait") { engine.pool.waiting == 2 }
      let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("the pool is full") == true)
      waiters.forEach { $0.cancel() }
      for waiter in waiters { await #expect(throws: CancellationError.self) { try await waiter.value } }
      #expect(engine.pool.waiting == 0)
    }
    #expect(engine.pool.refused == 1)
    await engine.close()
  }

  @Test func waitersAreServedInOrder() async throws {
    let engine = try engine { $0.maximumSize = 1 }
    let order = Shared<[Int]>([])
    try await engine.withConnection { _ in }
    try await withThrowingTaskGroup(of: Void.self) { group in
      try await engine.withConnection { _ in
        for number in 0..<20 {
          group.addTask { try await engine.withConnection { _ in order.change { $0.append(number) } } }
          try await eventually("\(number) waits") { engine.pool.waiting == number + 1 }
        }
      }
      try await group.waitForAll()
    }
    #expect(order.value == Array(0..<20))
    await engine.close()
  }

  @Test func callsOnOneConnectionFromManyTasksTakeTurns() async throws {
    let engine = try engine { $0.maximumSize = 1 }
    try await engine.withConnection { connection in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            let result = try await connection.execute(.numbers("SELECT $1::int8", number))
            #expect(result.int(0, 0) == number)
          }
        }
        try await group.waitForAll()
      }
    }
    await engine.close()
  }

  @Test func aConnectionIsOverWhenItsClosureIs() async throws {
    let engine = try engine { _ in }
    let kept = try await engine.withConnection { $0 }
    let error = await #expect(throws: VectorStoreError.self) { try await kept.execute(PGStatement("SELECT 1")) }
    #expect(error?.code == .invalidArgument)
    await engine.close()
  }

  @Test func aTransactionLeftOpenIsRolledBack() async throws {
    let engine = try engine { $0.maximumSize = 1 }
    try await engine.withConnection { connection in
      _ = try await connection.execute(PGStatement("BEGIN", isPrepared: false))
      _ = try await connection.execute(PGStatement("CREATE TABLE left_open (n int8)", isPrepared: false))
    }
    try await engine.withConnection { connection in
      let result = try await connection.execute(
        PGStatement("SELECT to_regclass('left_open') IS NULL, now() = statement_timestamp()"))
      #expect(result.bool(0, 0) == true)
    }
    #expect(engine.pool.connected == 1)
    await engine.close()
  }

  @Test func closeWaitsForWhatRunsAndRefusesTheRest() async throws {
    let engine = try engine { $0.maximumSize = 1 }
    let (began, proceed) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
    let running = Task {
      try await engine.withConnection { connection in
        began.continuation.yield()
        for await _ in proceed.stream { break }
        return try await connection.execute(PGStatement("SELECT 5")).int(0, 0)
      }
    }
    for await _ in began.stream { break }
    let waiting = Task { try await engine.withConnection { _ in } }
    try await eventually("one waits") { engine.pool.waiting == 1 }
    let closing = Task { await engine.close() }
    try await eventually("nobody waits") { engine.pool.waiting == 0 }
    #expect(engine.pool.inUse == 1)
    proceed.continuation.yield()
    await closing.value
    #expect(try await running.value == 5)
    #expect(engine.pool.size == 0)
    let error = await #expect(throws: VectorStoreError.self) { try await waiting.value }
    #expect(error?.message == "the engine is closed")
    await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
  }

  @Test func closeCancelsWhatTakesTooLong() async throws {
    let engine = try engine { $0.closeTimeout = .milliseconds(100) }
    let running = Task {
      try await engine.withConnection { try await $0.execute(PGStatement("SELECT pg_sleep(600) /* close-1 */")) }
    }
    try await eventually("it runs") {
      let active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%close' || '-1%'"
      return try await TestServer.run(active).int(0, 0) == 1
    }
    await engine.close()
    let error = await #expect(throws: VectorStoreError.self) { try await running.value }
    #expect(error?.context[.sqlState] == "57014")
    #expect(engine.pool.size == 0)
  }

  @Test func idleAndOldConnectionsGoAndTheMinimumStays() async throws {
    let engine = try engine {
      $0.maximumSize = 5
      $0.minimumSize = 2
      $0.idleTimeout = .milliseconds(200)
      $0.applicationName = "upkeep"
    }
    try await eventually("the minimum is open") { engine.pool.idle == 2 }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<5 {
        group.addTask {
          try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT pg_sleep(0.1)")) }
        }
      }
      try await group.waitForAll()
    }
    #expect(engine.pool.connected > 2)
    try await eventually("the idle ones went") { engine.pool.size == 2 }
    await engine.close()
    try await eventually("the server has none left") {
      try await TestServer.run("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'upkeep'").int(0, 0) == 0
    }
  }

  @Test func oldConnectionsAreReplaced() async throws {
    let engine = try engine {
      $0.maximumSize = 1
      $0.lifetime = .milliseconds(100)
    }
    let pid = PGStatement("SELECT pg_backend_pid()")
    let first = try await engine.withConnection { try await $0.execute(pid).int(0, 0) }
    try await Task.sleep(for: .milliseconds(150))
    let second = try await engine.withConnection { try await $0.execute(pid).int(0, 0) }
    let third = try await engine.withConnection { try await $0.execute(pid).int(0, 0) }
    #expect(first != third || second != third)
    #expect(engine.pool.broken == 0)
    await engine.close()
  }

  @Test func anEngineThatIsLetGoClosesItsConnections() async throws {
    do {
      let engine = try engine { $0.applicationName = "let-go" }
      try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
      #expect(engine.pool.idle == 1)
    }
    try await eventually("the server has none left") {
      try await TestServer.run("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'let-go'").int(0, 0) == 0
    }
  }

  @Test func aDerivedEngineHasItsOwnPool() async throws {
    let engine = try engine { $0.maximumSize = 1 }
    let other = engine.derived()
    try await engine.withConnection { _ in
      try await other.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    }
    await engine.close()
    try await other.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    await other.close()
  }
}
