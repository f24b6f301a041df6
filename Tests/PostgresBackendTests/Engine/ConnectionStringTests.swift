// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// What is read as a connection string, and that no password comes out again.
@Suite struct ConnectionStringTests {
  @Test(arguments: [
    ("postgresql://h/d", "postgresql://h/d"),
    ("postgres://u:p@h:6000/d", "postgresql://h:6000/d"),
    ("postgresql+asyncpg://u:p@h:5432/d", "postgresql://h:5432/d"),
    ("postgresql+psycopg://u@h/d", "postgresql://h/d"),
    ("postgresql+psycopg2://u:p@/d?host=a:1&host=b:2", "postgresql://a:1,b:2/d"),
    ("POSTGRESQL+ASYNCPG://u:p@h/d", "postgresql://h/d"),
    ("  postgresql://h/d\n", "postgresql://h/d"),
    ("postgresql://u:p%40%2F%3A%25@h/d", "postgresql://h/d"),
    ("postgresql://u:p?x@h/d", "postgresql://h/d"),
    ("postgresql://[::1]:5433/d", "postgresql://::1:5433/d"),
    ("postgresql://a:1,b:2,c/d?target_session_attrs=any", "postgresql://a:1,b:2,c/d"),
    ("postgresql://a,b:7/d", "postgresql://a,b:7/d"),
    ("postgresql:///d?host=/var/run/postgresql", "postgresql:///var/run/postgresql/d"),
    ("host=h port=7 dbname=d user=u password='p w'", "postgresql://h:7/d"),
    ("host = h dbname=d", "postgresql://h/d"),
    ("host=h dbname=d password=a://b", "postgresql://h/d"),
    ("postgresql://h/d?ssl=true", "postgresql://h/d"),
    ("postgresql://h/d?ssl=require&sslmode=require", "postgresql://h/d"),
    ("postgresql://h/d?ssl=verify-full&sslrootcert=x", "postgresql://h/d"),
    ("postgresql://h/d?connect_timeout=3&application_name=x&options=-c%20work_mem%3D64MB", "postgresql://h/d"),
    ("postgresql://h/d?", "postgresql://h/d"),
  ]) func isRead(_ text: String, _ description: String) throws {
    #expect("\(try PGEngine(text))" == "PGEngine(\(description))")
  }

  private static let password = "hunter2"

  @Test(arguments: [
    "", "   ", "hunter2", "d:hunter2", "mysql://u:hunter2@h/d", "hunter2://h/d", "localhost:5432/hunter2",
    "postgresql://u:hunter2%@h/d", "postgresql://u:hunter2%zz@h/d", "postgresql://u:a@hunter2@h/d",
    "postgresql://u:a/hunter2@h/d", "postgresql://u:a/b?hunter2=c@h/d", "postgresql://u:hunter2@h:port/d",
    "postgresql://u:hunter2@h:0/d", "postgresql://u:hunter2@h:65536/d", "postgresql://u:hunter2@[::1/d",
    "postgresql://u:hunter2@h/d?pool_size=5", "postgresql://u:hunter2@h/d?sslmod=require",
    "postgresql://u:hunter2@h/d?ssl=perhaps", "postgresql://u:hunter2@h/d?ssl=true&sslmode=disable",
    "postgresql://u:hunter2@h/d?x", "postgresql://u:hunter2@h/d?a=b=hunter2",
    "postgresql://u:hunter2@h/d?pass word=hunter2",
    "host=h password=my hunter2", "host=h password='hunter2", "password=hunter2 pool_size=5", "host=h hunter2=5",
    "postgresql://u:hunter2@h/d\u{0}", "host=h@hunter2 dbname=d",
  ]) func isAnErrorWithTheRightFormAndWithoutThePassword(_ text: String) throws {
    let error = #expect(throws: VectorStoreError.self) { try PGEngine(text) }
    #expect(error?.code == .invalidArgument)
    #expect(error.map { "\($0)" + String(reflecting: $0) }?.contains(Self.password) == false)
    #expect(error?.message.contains("://") == true || error?.message.contains("sslmode") == true)
  }

  @Test func aParameterOfOtherLibrariesIsNamedWithItsPlaceHere() throws {
    let error = #expect(throws: VectorStoreError.self) {
      try PGEngine("postgresql+asyncpg://u:p@h/d?pool_size=20")
    }
    #expect(error?.message.contains("'pool_size'") == true)
    #expect(error?.message.contains("PGEngine.Options.maximumSize") == true)
    #expect(error?.message.contains("target_session_attrs") == true)
  }

  @Test func thePasswordIsInNothingThatShowsAnEngine() async throws {
    let engine = try PGEngine("postgresql://u:hunter2@127.0.0.1:1/d?sslpassword=hunter2")
    var text = "\(engine)" + String(reflecting: engine)
    dump(engine, to: &text)
    dump([engine], to: &text)
    func look(_ mirror: Mirror, _ depth: Int) {
      for child in mirror.children {
        text += "\(child.value)" + String(reflecting: child.value)
        if depth < 6 { look(Mirror(reflecting: child.value), depth + 1) }
      }
    }
    look(Mirror(reflecting: engine), 0)
    let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
    text += error.map { "\($0)" + String(reflecting: $0) } ?? ""
    #expect(!text.contains("hunter2"))
    #expect(text.contains("127.0.0.1"))
  }

  @Test func sslIsAskedFor() async throws {
    // The server of the tests has none, and says so.
    let engine = try PGEngine(try TestServer.url("ssl=true"))
    let answer = try? await engine.withConnection { connection in
      try await connection.execute(PGStatement("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    }
    if let answer {
      #expect(answer.bool(0, 0) == true)
    } else {
      let error = await #expect(throws: VectorStoreError.self) { try await engine.withConnection { _ in } }
      #expect(error?.message.contains("SSL") == true)
    }
    await engine.close()
  }
}
