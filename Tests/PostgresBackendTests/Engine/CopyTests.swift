// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// COPY … FROM STDIN in binary form.
@Suite struct CopyTests {
  private static let copy = PGStatement("COPY t FROM STDIN (FORMAT binary)", isPrepared: false)

  private static let head: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)

  private static func row(_ number: Int) -> [UInt8] {
    [0, 1, 0, 0, 0, 8] + withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
  }

  private func withTable(_ body: (PGEngine) async throws -> Void) async throws {
    try await TestServer.withSchema { _, url in
      let engine = try PGEngine(url)
      try await engine.withConnection {
        _ = try await $0.execute(PGStatement("CREATE TABLE t (n int8 PRIMARY KEY)", isPrepared: false))
      }
      try await body(engine)
      #expect(engine.pool.broken == 0)
      #expect(engine.pool.connected == 1)
      await engine.close()
    }
  }

  private func expect(
    _ rows: Int, in engine: PGEngine, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let count = try await engine.withConnection {
      try await $0.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0)
    }
    #expect(count == rows, sourceLocation: sourceLocation)
  }

  /// Rows in chunks of 10,000.
  private func chunks(_ rows: Range<Int>) -> () -> [UInt8]? {
    var next = rows.lowerBound
    var isOver = false
    return {
      guard next < rows.upperBound else {
        defer { isOver = true }
        return isOver ? nil : [0xFF, 0xFF]
      }
      let end = min(next + 10_000, rows.upperBound)
      defer { next = end }
      return (next == rows.lowerBound ? Self.head : []) + (next..<end).flatMap(Self.row)
    }
  }

  @Test func rowsAreCopiedAndTheConnectionGoesOn() async throws {
    try await withTable { engine in
      let chunk = chunks(0..<200_000)
      let rows = try await engine.withConnection { try await $0.copyIn(Self.copy) { chunk() } }
      #expect(rows == 200_000)
      try await expect(200_000, in: engine)
    }
  }

  @Test func withinATransactionItIsUndoneWithIt() async throws {
    try await withTable { engine in
      struct Stop: Error {}
      await #expect(throws: Stop.self) {
        try await engine.transaction { connection in
          let chunk = chunks(0..<10)
          let rows = try await connection.copyIn(Self.copy) { chunk() }
          #expect(rows == 10)
          #expect(try await connection.execute(PGStatement("SELECT count(*) FROM t")).int(0, 0) == 10)
          throw Stop()
        }
      }
      try await expect(0, in: engine)
    }
  }

  @Test func aSourceThatThrowsCopiesNothing() async throws {
    try await withTable { engine in
      struct Stop: Error {}
      let chunk = chunks(0..<100_000)
      var calls = 0
      await #expect(throws: Stop.self) {
        try await engine.withConnection { connection in
          try await connection.copyIn(Self.copy) {
            calls += 1
            if calls > 3 { throw Stop() }
            return chunk()
          }
        }
      }
      try await expect(0, in: engine)
    }
  }

  @Test func aRowThatIsRefusedIsAnErrorOfTheServers() async throws {
    try await withTable { engine in
      let rows = (0..<50_000).map { $0 == 30_000 ? 7 : $0 }
      var data = [Self.head + rows.flatMap(Self.row) + [0xFF, 0xFF]]
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.withConnection { try await $0.copyIn(Self.copy) { data.popLast() } }
      }
      #expect(error?.context[.sqlState] == "23505")
      try await expect(0, in: engine)
    }
  }

  @Test func aTaskThatIsCancelledCopiesNothing() async throws {
    try await withTable { engine in
      let began = AsyncStream<Void>.makeStream()
      let task = Task {
        try await engine.withConnection { connection in
          var number = 0
          return try await connection.copyIn(Self.copy) {
            defer { number += 1 }
            if number == 2 { began.continuation.yield() }
            return (number == 0 ? Self.head : []) + Self.row(number)
          }
        }
      }
      for await _ in began.stream { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      try await expect(0, in: engine)
    }
  }

  @Test func whatIsNoCopyIsAnError() async throws {
    try await withTable { engine in
      let error = await #expect(throws: VectorStoreError.self) {
        try await engine.withConnection { try await $0.copyIn(PGStatement("SELECT 1")) { nil } }
      }
      #expect(error?.code == .invalidArgument)
      try await expect(0, in: engine)
    }
  }

  @Test func aCopyInAPipelineIsAnError() async throws {
    let engine = try PGEngine(try TestServer.url)
    let error = await #expect(throws: VectorStoreError.self) {
      try await engine.withConnection {
        try await $0.execute(PGStatement("COPY (SELECT 1) TO STDOUT", isPrepared: false))
      }
    }
    #expect(error?.code == .unsupported)
    try await engine.withConnection { _ = try await $0.execute(PGStatement("SELECT 1")) }
    await engine.close()
  }
}
