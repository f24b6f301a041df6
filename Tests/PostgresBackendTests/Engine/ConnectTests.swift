// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Which server is connected to, and what is said when none is.
@Suite struct ConnectTests {
  private func failure(_ url: String) async throws -> VectorStoreError? {
    var options = PGEngine.Options()
    options.connectTimeout = .seconds(5)
    let engine = try PGEngine(url, options: options)
    let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
    #expect(engine.pool.size == 0)
    await engine.close()
    return error
  }

  /// A port that nobody listens on.
  private func deadPort() throws -> Int {
    let proxy = try TCPProxy(to: "127.0.0.1", 1)
    proxy.close()
    return proxy.port
  }

  @Test func theNextHostIsTakenWhenTheFirstRefuses() async throws {
    let (host, port) = try await TestServer.endpoint()
    let rest = try await TestServer.url(host: host, port: port).split(separator: "/").last ?? ""
    let user = try await TestServer.url(host: host, port: port).split(separator: "@").first ?? ""
    let url = "\(user)@127.0.0.1:\(try deadPort()),\(host):\(port)/\(rest)?target_session_attrs=read-write"
    let engine = try PGEngine(url)
    let answer = try await engine.withConnection { try await $0.execute(PGStatement("SELECT inet_server_port()")) }
    #expect(answer.int(0, 0) == port)
    await engine.close()
  }

  @Test func theNextHostIsTakenWhenTheFirstIsSilent() async throws {
    let (host, port) = try await TestServer.endpoint()
    let proxy = try TCPProxy(to: host, port)
    defer { proxy.close() }
    proxy.stall(true)
    let parts = try await TestServer.url(host: host, port: port).split(separator: "@")
    let rest = parts.last?.split(separator: "/").last ?? ""
    var options = PGEngine.Options()
    options.connectTimeout = .milliseconds(300)
    let engine = try PGEngine(
      "\(parts[0])@127.0.0.1:\(proxy.port),\(host):\(port)/\(rest)", options: options)
    try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    #expect(proxy.accepted == 1)
    await engine.close()
  }

  @Test func aServerThatIsWantedOtherwiseIsNotTaken() async throws {
    let error = try await failure(try TestServer.url("target_session_attrs=standby"))
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("standby") == true)
  }

  @Test func aDatabaseThatIsNotThereIsSaid() async throws {
    let error = try await failure(try TestServer.url("dbname=no_such_database"))
    #expect(error?.code == .notFound)
    #expect(error?.context[.sqlState] == "3D000")
    #expect(error?.message.contains("no_such_database") == true)
    #expect(error?.message.contains("LOCATION") == false)
  }

  @Test func aUserThatIsNotThereIsSaid() async throws {
    let error = try await failure(try TestServer.url("user=no_such_user"))
    #expect(error?.code == .backend)
    #expect(error?.context[.sqlState] == "28000")
  }

  @Test func aPortThatNobodyListensOnIsNamed() async throws {
    let port = try deadPort()
    let error = try await failure("postgresql://someone:s3cret@127.0.0.1:\(port)/x")
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("127.0.0.1:\(port)") == true)
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func aNameThatNobodyKnowsIsSaid() async throws {
    let error = try await failure("postgresql://someone:s3cret@no-such-host.invalid/x")
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("no-such-host.invalid") == true)
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func anotherEncodingIsRefused() async throws {
    let name = "test_latin_\(UInt32.random(in: .min ... .max))"
    try await TestServer.run(
      "CREATE DATABASE \(name) ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    let error = try await failure(try TestServer.url("dbname=\(name)"))
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("LATIN1") == true)
    try await TestServer.dropDatabase(name)
  }

  @Test func theSessionIsAsTheEngineNeedsIt() async throws {
    var options = PGEngine.Options()
    options.applicationName = "the name"
    let engine = try PGEngine(try TestServer.url, options: options)
    let row = try await engine.withConnection {
      try await $0.execute(
        PGStatement(
          """
          SELECT current_setting('TimeZone'), current_setting('DateStyle'), current_setting('client_encoding'),
            current_setting('application_name')
          """))
    }
    #expect((0..<4).map { row.text(0, $0) } == ["UTC", "ISO, MDY", "UTF8", "the name"])
    await engine.close()
  }

  @Test func aFullServerLetsTasksWaitForTheConnectionsThereAre() async throws {
    let role = "limited_\(UInt32.random(in: .min ... .max))"
    try await TestServer.run("CREATE ROLE \(role) LOGIN CONNECTION LIMIT 2")
    var options = PGEngine.Options()
    options.maximumSize = 10
    let engine = try PGEngine(try TestServer.url("user=\(role)"), options: options)
    // One is open when the others come.
    try await engine.withConnection { connection in
      _ = try await connection.execute(PGStatement("SELECT 1"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT pg_sleep(0.01)")) }
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(engine.pool.connectFailures > 0)
    await engine.close()
    try await eventually("the role is free") {
      try await TestServer.run("SELECT count(*) FROM pg_stat_activity WHERE usename = '\(role)'").int(0, 0) == 0
    }
    try await TestServer.run("DROP ROLE \(role)")
  }
}
