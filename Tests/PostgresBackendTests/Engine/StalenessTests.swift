// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Prepared statements that the server no longer has as they were, and the mode without any.
@Suite struct StalenessTests {
  private func withTable(
    isBehindPgBouncer: Bool = false, _ body: (PGEngine) async throws -> Void
  ) async throws {
    try await TestServer.withSchema { _, url in
      var options = PGEngine.Options()
      options.maximumSize = 1
      options.isBehindPgBouncer = isBehindPgBouncer
      let engine = try PGEngine(url, options: options)
      try await engine.withConnection { connection in
        _ = try await connection.pipeline([
          PGStatement("CREATE TABLE t (a int8)", isPrepared: false),
          PGStatement("INSERT INTO t VALUES (1)", isPrepared: false),
        ])
      }
      try await body(engine)
      #expect(engine.pool.connected == 1)
      await engine.close()
    }
  }

  private static let all = PGStatement("SELECT * FROM t")
  private static let change = PGStatement("ALTER TABLE t ADD b int8", isPrepared: false)

  @Test func aResultThatChangedItsTypeIsPreparedAnew() async throws {
    try await withTable { engine in
      try await engine.withConnection { connection in
        for columns in 1...3 {
          let result = try await connection.execute(Self.all)
          #expect(result.columnCount == columns)
          _ = try await connection.execute(PGStatement("ALTER TABLE t ADD c\(columns) int8", isPrepared: false))
        }
      }
    }
  }

  @Test func statementsThatWereDiscardedArePreparedAnew() async throws {
    try await withTable { engine in
      try await engine.withConnection { connection in
        for _ in 0..<3 {
          let results = try await connection.pipeline([PGStatement("SELECT 1"), Self.all, PGStatement("SELECT 2")])
          #expect(results.count == 3)
          _ = try await connection.execute(PGStatement("DISCARD ALL", isPrepared: false))
        }
      }
    }
  }

  @Test func withinATransactionItIsAnErrorUnlessTheTransactionMayBeRepeated() async throws {
    try await withTable { engine in
      try await engine.withConnection { connection in
        _ = try await connection.execute(Self.all)
        _ = try await connection.execute(Self.change)
      }
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.transaction { connection in
          _ = try await connection.execute(PGStatement("SELECT 1"))
          _ = try await connection.execute(Self.all)
        }
      }
      #expect(error?.context[.sqlState] == "0A000")
      let columns = try await engine.transaction { try await $0.execute(Self.all).columnCount }
      #expect(columns == 2)
      try await engine.withConnection {
        _ = try await $0.execute(PGStatement("ALTER TABLE t ADD c int8", isPrepared: false))
      }
      let more = try await engine.transaction(retries: 1) { connection in
        _ = try await connection.execute(PGStatement("SELECT 1"))
        return try await connection.execute(Self.all).columnCount
      }
      #expect(more == 3)
    }
  }

  /// Both statements of a hybrid search are in one transaction, and neither fits the new table.
  @Test func aHybridSearchOutlivesATableThatWasMadeAnew() async throws {
    try await TestServer.withSchema { schema, url in
      var engineOptions = PGEngine.Options()
      engineOptions.maximumSize = 1
      let engine = try PGEngine(url, options: engineOptions)
      for dimension in [2, 3, 4] {
        let space = EmbeddingSpace(model: "", dimension: dimension)
        let backend = try await PostgresBackend.open(
          engine, table: PostgresTable(schema: schema, overwritesExisting: true), options: OpenOptions(space: space))
        let vector = [Float](repeating: 1, count: dimension)
        let store = VectorStore(backend: backend, space: space)
        try await store.add([Document(id: "a", content: "a word")], embeddings: [vector])
        var request = SearchRequest(.vector(vector))
        request.hybrid = .init(keywords: "word")
        #expect(try await store.search(request).hits.map(\.id) == ["a"])
      }
      await engine.close()
    }
  }

  @Test func behindPgBouncerNothingIsPreparedAndNothingSet() async throws {
    try await withTable(isBehindPgBouncer: true) { engine in
      try await engine.withConnection { connection in
        for number in 0..<5 {
          let result = try await connection.execute(.numbers("SELECT $1::int8", number))
          #expect(result.int(0, 0) == number)
        }
        let held = try await connection.execute(PGStatement("SELECT count(*) FROM pg_prepared_statements"))
        #expect(held.int(0, 0) == 0)
        let set = try await connection.execute(
          PGStatement(
            "SELECT name FROM pg_settings WHERE source IN ('client', 'session') ORDER BY name"))
        // The search path is the test's.
        let names = (0..<set.rowCount).compactMap { set.text($0, 0) }
        #expect(names.filter { $0 != "search_path" } == ["application_name", "client_encoding"])
      }
      try await engine.transaction { connection in _ = try await connection.execute(Self.all) }
    }
  }

  @Test func aTransactionThatCollidesIsRepeated() async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.withConnection { connection in
        _ = try await connection.pipeline([
          PGStatement("CREATE TABLE t (a int8, n int8)", isPrepared: false),
          PGStatement("INSERT INTO t VALUES (1, 0), (2, 0)", isPrepared: false),
        ])
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<6 {
          group.addTask {
            try await engine.transaction(retries: 20) { connection in
              // In opposite orders, so that they lock each other out.
              for row in number % 2 == 0 ? [1, 2] : [2, 1] {
                _ = try await connection.execute(.numbers("UPDATE t SET n = n + 1 WHERE a = $1", row))
                _ = try await connection.execute(PGStatement("SELECT pg_sleep(0.005)"))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let sum = try await engine.withConnection {
        try await $0.execute(PGStatement("SELECT sum(n)::int8 FROM t")).int(0, 0)
      }
      #expect(sum == 12)
      await engine.close()
    }
  }

  @Test func anErrorThatWasSwallowedDoesNotCommit() async throws {
    try await withTable { engine in
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.transaction { connection in
          _ = try await connection.execute(PGStatement("INSERT INTO t VALUES (2)"))
          _ = try? await connection.execute(PGStatement("SELECT 1/0"))
        }
      }
      #expect(error?.message.contains("rolled back") == true)
      let count = try await engine.withConnection {
        try await $0.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0)
      }
      #expect(count == 1)
    }
  }
}
