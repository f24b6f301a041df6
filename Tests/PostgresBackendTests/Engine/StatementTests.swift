// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// What a statement gives back, by one connection.
@Suite struct StatementTests {
  private func parameter(_ number: Int64) -> PGParameter {
    PGParameter(type: 20, bytes: withUnsafeBytes(of: number.bigEndian) { Array($0) })
  }

  private func text(_ text: String) -> PGParameter { PGParameter(type: 25, bytes: Array(text.utf8)) }

  @Test func valuesOfEachTypeComeBack() async throws {
    let engine = try PGEngine(try TestServer.url)
    let result = try await engine.withConnection { connection in
      #expect(connection.serverVersion >= 130_000)
      return try await connection.execute(
        PGStatement(
          """
          SELECT 7::int2 AS a, -8::int4, $1::int8, 1.5::float4, -2.25::float8, true, $2::text, NULL::text, ''::text, 5::oid
          """, parameters: [parameter(.min), text("向量 é")]))
    }
    #expect(result.rowCount == 1)
    #expect(result.columnCount == 10)
    #expect(result.columnNames.first == "a")
    #expect(result.column(named: "a") == 0)
    #expect(result.int(0, 0) == 7)
    #expect(result.int(0, 1) == -8)
    #expect(result.int(0, 2) == .min)
    #expect(result.double(0, 3) == 1.5)
    #expect(result.double(0, 4) == -2.25)
    #expect(result.bool(0, 5) == true)
    #expect(result.text(0, 6) == "向量 é")
    #expect(result.isNull(0, 7))
    #expect(result.text(0, 7) == nil)
    #expect(result.text(0, 8) == "")
    #expect(result.int(0, 9) == 5)
    #expect(result.bytes(0, 0) { Array($0) } == [0, 7])
    #expect(result.affectedRows == 1)
    await engine.close()
  }

  @Test func placesThatAreNotThereAndOtherTypesReadAsNull() async throws {
    let result = try await TestServer.run("SELECT 1::int4, 'x'::text")
    for (row, column) in [(-1, 0), (1, 0), (0, -1), (0, 2), (.max, .max), (.min, .min)] {
      #expect(result.isNull(row, column))
      #expect(result.int(row, column) == nil)
      #expect(result.double(row, column) == nil)
      #expect(result.bool(row, column) == nil)
      #expect(result.text(row, column) == nil)
      #expect(result.bytes(row, column) { $0.count } == nil)
    }
    #expect(result.int(0, 1) == nil)
    #expect(result.bool(0, 0) == nil)
    #expect(result.double(0, 0) == nil)
  }

  @Test func anEmptyValueIsNoNull() async throws {
    let engine = try PGEngine(try TestServer.url)
    let result = try await engine.withConnection { connection in
      try await connection.execute(
        PGStatement(
          "SELECT $1::text IS NULL, $2::text IS NULL", parameters: [text(""), PGParameter(type: 25, bytes: nil)]))
    }
    #expect(result.bool(0, 0) == false)
    #expect(result.bool(0, 1) == true)
    await engine.close()
  }

  @Test func aPipelineAnswersInOrderAndIsOneTransaction() async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.withConnection { connection in
        _ = try await connection.execute(PGStatement("CREATE TABLE t (n int8 PRIMARY KEY)", isPrepared: false))
        let inserts = (0..<100).map { PGStatement("INSERT INTO t VALUES ($1)", parameters: [parameter($0)]) }
        let results = try await connection.pipeline(inserts + [PGStatement("SELECT count(*) FROM t")])
        #expect(results.count == 101)
        #expect(results.last?.int(0, 0) == 100)
        // The 51st is there already.
        let more = (100..<150).map { PGStatement("INSERT INTO t VALUES ($1)", parameters: [parameter($0)]) }
        let clash = PGStatement("INSERT INTO t VALUES ($1)", parameters: [parameter(7)])
        do {
          _ = try await connection.pipeline(more + [clash] + more)
          Issue.record("the second 7 was taken")
        } catch let error as VectorStoreError {
          #expect(error.code == .invalidRow)
          #expect(error.context[.sqlState] == "23505")
          #expect(error.context["statement"] == "50")
          #expect(!error.description.contains("(7)"))
        }
        #expect(try await connection.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0) == 100)
      }
      await engine.close()
    }
  }

  @Test func aTransactionIsCommittedOrRolledBack() async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.transaction { connection in
        _ = try await connection.execute(PGStatement("CREATE TABLE t (n int8 PRIMARY KEY)", isPrepared: false))
        _ = try await connection.execute(PGStatement("INSERT INTO t VALUES (1)"))
      }
      struct Stop: Error {}
      await #expect(throws: Stop.self) {
        try await engine.transaction { connection in
          _ = try await connection.execute(PGStatement("INSERT INTO t VALUES (2)"))
          throw Stop()
        }
      }
      let count = try await engine.transaction(.snapshot) { connection in
        try await connection.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0)
      }
      #expect(count == 1)
      await #expect(throws: VectorStoreError.self) {
        try await engine.transaction(.snapshot) { connection in
          _ = try await connection.execute(PGStatement("INSERT INTO t VALUES (3)"))
        }
      }
      #expect(engine.pool.broken == 0)
      await engine.close()
    }
  }
}
