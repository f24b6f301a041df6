// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Much data, in both directions at once, neither deadlocks nor is lost.
@Suite struct LargeTransferTests {
  @Test func aPipelineThatSendsAndReceivesMuch() async throws {
    let engine = try PGEngine(try TestServer.url)
    // 64 MB there, 64 MB back: more than all buffers of the way hold.
    let block = [UInt8](repeating: 0x61, count: 32_768)
    let statements = (0..<2_000).map { number in
      PGStatement("SELECT $1::int8, $2::text", parameters: [.number(number), PGParameter(type: 25, bytes: block)])
    }
    let results = try await engine.withConnection { try await $0.pipeline(statements) }
    #expect(results.count == 2_000)
    for (number, result) in results.enumerated() {
      #expect(result.int(0, 0) == number)
      #expect(result.bytes(0, 1) { $0.count } == block.count)
    }
    await engine.close()
  }

  @Test func aHundredThousandRowsInOnePipeline() async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.withConnection { connection in
        _ = try await connection.execute(PGStatement("CREATE TABLE t (n int8 PRIMARY KEY)", isPrepared: false))
        let statements = (0..<100_000).map { PGStatement.numbers("INSERT INTO t VALUES ($1) RETURNING n", $0) }
        let results = try await connection.pipeline(statements)
        #expect(results.count == 100_000)
        #expect(results.last?.int(0, 0) == 99_999)
        // An error in a late window undoes the earlier ones.
        let more = (0..<20_000).map { PGStatement.numbers("INSERT INTO t VALUES ($1)", 100_000 + $0) }
        let error = await #expect(throws: VectorStoreError.self) {
          try await connection.pipeline(more + [.numbers("INSERT INTO t VALUES ($1)", 5)] + more)
        }
        #expect(error?.context["statement"] == "20000")
        #expect(try await connection.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0) == 100_000)
      }
      #expect(engine.pool.broken == 0)
      await engine.close()
    }
  }

  @Test func oneResultOfAHundredThousandRows() async throws {
    let engine = try PGEngine(try TestServer.url)
    let result = try await engine.withConnection {
      try await $0.execute(PGStatement("SELECT n, repeat('x', 200) FROM generate_series(1, 100000) n"))
    }
    #expect(result.rowCount == 100_000)
    #expect(result.int(99_999, 0) == 100_000)
    await engine.close()
  }

  @Test func moreStatementsThanAConnectionKeeps() async throws {
    var options = PGEngine.Options()
    options.maximumSize = 1
    let engine = try PGEngine(try TestServer.url, options: options)
    try await engine.withConnection { connection in
      for round in 0..<2 {
        for number in 0..<600 {
          #expect(try await connection.execute(PGStatement("SELECT \(number)::int4")).int(0, 0) == number, "\(round)")
        }
      }
      let held = try await connection.execute(
        PGStatement("SELECT count(*) FROM pg_prepared_statements", isPrepared: false))
      #expect((held.int(0, 0) ?? .max) <= 256)
      #expect((held.int(0, 0) ?? 0) >= 200)
    }
    await engine.close()
  }
}
