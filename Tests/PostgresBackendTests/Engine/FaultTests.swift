// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// The wire fails, and servers end connections; the pool recovers by itself.
@Suite(.serialized) struct FaultTests {
  private func withProxy(
    _ change: (inout PGEngine.Options) -> Void = { _ in }, _ body: (TCPProxy, PGEngine) async throws -> Void
  ) async throws {
    let endpoint = try await TestServer.endpoint()
    let proxy = try TCPProxy(to: endpoint.host, endpoint.port)
    defer { proxy.close() }
    var options = PGEngine.Options()
    options.maximumSize = 4
    change(&options)
    let engine = try PGEngine(try await TestServer.url(host: "127.0.0.1", port: proxy.port), options: options)
    try await body(proxy, engine)
    await engine.close()
  }

  private static let one = PGStatement("SELECT 1")

  @Test func aCutIdleConnectionIsNotHandedOut() async throws {
    try await withProxy { proxy, engine in
      for _ in 0..<5 {
        try await engine.withConnection { _ = try await $0.execute(Self.one) }
        proxy.cut()
        // The end may be on its way still, when it is asked for next; then it is found by asking.
        try await Task.sleep(for: .milliseconds(50))
        try await engine.withConnection { _ = try await $0.execute(Self.one) }
      }
      #expect(engine.pool.broken >= 1)
      #expect(engine.pool.size == 1)
    }
  }

  @Test func aCutInMidStatementIsAnErrorAndNoMore() async throws {
    try await withProxy { proxy, engine in
      let task = Task {
        try await engine.withConnection { try await $0.execute(PGStatement("SELECT pg_sleep(30)")) }
      }
      let running: SQLText =
        "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND state = 'active'"
      let watch = try PGEngine(try TestServer.url)
      try await eventually("it runs") {
        try await watch.withConnection { try await $0.execute(running.statement()) }.int(0, 0) ?? 0 > 0
      }
      await watch.close()
      proxy.cut()
      let error = await #expect(throws: VectorStoreError.self) { try await task.value }
      #expect(error?.code == .unavailable)
      try await engine.withConnection { _ = try await $0.execute(Self.one) }
      #expect(engine.pool.size == 1)
    }
  }

  @Test func aSilentWireEndsInTheStatementTimeout() async throws {
    try await withProxy { options in
      options.statementTimeout = .milliseconds(200)
      options.acquireTimeout = .seconds(20)
    } _: { proxy, engine in
      try await engine.withConnection { connection in
        _ = try await connection.execute(Self.one)
        proxy.stall(true)
        let error = await #expect(throws: VectorStoreError.self) { try await connection.execute(Self.one) }
        #expect(error?.code == .unavailable)
      }
      #expect(engine.pool.size == 0)
      proxy.stall(false)
      try await engine.withConnection { _ = try await $0.execute(Self.one) }
    }
  }

  @Test func aSilentWireIsFoundByTheLivenessCheckAndTheWaiterIsToldInTime() async throws {
    try await withProxy { options in
      options.livenessInterval = .zero
      options.connectTimeout = .milliseconds(300)
      options.acquireTimeout = .seconds(20)
    } _: { proxy, engine in
      try await engine.withConnection { _ = try await $0.execute(Self.one) }
      proxy.stall(true)
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.withConnection { _ = try await $0.execute(Self.one) }
      }
      #expect(error?.code == .unavailable)
      #expect(error?.message.contains("within the connect timeout of 0.3 seconds") == true)
      proxy.stall(false)
      try await engine.withConnection { _ = try await $0.execute(Self.one) }
    }
  }

  @Test func aServerThatRefusesIsSaidAtOnceToEachWaiter() async throws {
    try await withProxy { proxy, engine in
      proxy.refuse(true)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask {
            let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("127.0.0.1:\(proxy.port)") == true)
          }
        }
        try await group.waitForAll()
      }
      #expect(engine.pool.size == 0)
      proxy.refuse(false)
      try await engine.withConnection { _ = try await $0.execute(Self.one) }
    }
  }

  @Test func aSlowWireOnlyTakesLonger() async throws {
    try await withProxy { proxy, engine in
      proxy.delay(5)
      for number in 0..<20 {
        let result = try await engine.withConnection { try await $0.execute(.numbers("SELECT $1::int8", number)) }
        #expect(result.int(0, 0) == number)
      }
      #expect(engine.pool.connected == 1)
    }
  }

  @Test func cutsUnderLoadLoseNoAcknowledgedWrite() async throws {
    let schema = try await TestServer.freshSchema()
    let endpoint = try await TestServer.endpoint()
    let proxy = try TCPProxy(to: endpoint.host, endpoint.port)
    defer { proxy.close() }
    let url = try await TestServer.url(
      host: "127.0.0.1", port: proxy.port, parameters: "options=-c%20search_path%3D\(schema)")
    let load = Load(try PGEngine(url))
    try await load.run {
      for round in 1...8 {
        let before = load.count
        try await eventually("writes in round \(round)") { load.count > before + 50 }
        proxy.cut()
      }
    }
    try await load.check()
    #expect(load.engine.pool.broken > 0)
    await load.engine.close()
    try await TestServer.drop(schema)
  }

  @Test func terminatedBackendsUnderLoadLoseNoAcknowledgedWrite() async throws {
    let schema = try await TestServer.freshSchema()
    var options = PGEngine.Options()
    options.applicationName = "terminate-\(schema)"
    options.maximumSize = 6
    let load = Load(try PGEngine(try TestServer.url("options=-c%20search_path%3D\(schema)"), options: options))
    try await load.run {
      for round in 1...8 {
        let before = load.count
        try await eventually("writes in round \(round)") { load.count > before + 50 }
        try await TestServer.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'terminate-\(schema)'")
      }
    }
    try await load.check()
    #expect(load.errors.contains { $0.context[.sqlState] == "57P01" })
    #expect(load.engine.pool.size <= 6)
    await load.engine.close()
    try await TestServer.drop(schema)
  }

  @Test(arguments: [OwnServer.Stop.fast, .immediate])
  func aServerThatStopsAndStartsUnderLoad(_ mode: OwnServer.Stop) async throws {
    let server = try OwnServer()
    defer { server.remove() }
    let load = Load(try PGEngine(server.url))
    try await load.run {
      for round in 1...3 {
        let before = load.count
        try await eventually("writes in round \(round)") { load.count > before + 50 }
        try server.stop(mode)
        try await Task.sleep(for: .milliseconds(100))
        try server.start()
      }
      let before = load.count
      try await eventually("writes after the last start") { load.count > before + 50 }
    }
    try await load.check()
    #expect(!load.errors.isEmpty)
    await load.engine.close()
  }
}
