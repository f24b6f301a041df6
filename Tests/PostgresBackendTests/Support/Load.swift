// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Tasks that write numbered rows for as long as it takes, and note which ones were acknowledged.
struct Load {
  let engine: PGEngine
  private let acknowledged = Shared<Set<Int>>([])
  private let failures = Shared<[VectorStoreError]>([])
  private let isOver = Shared(false)

  init(_ engine: PGEngine) { self.engine = engine }

  /// How many writes were acknowledged so far.
  var count: Int { acknowledged.value.count }
  /// The errors that tasks saw.
  var errors: [VectorStoreError] { failures.value }

  /// Writes while the body runs. The table is `load (n int8 PRIMARY KEY)`.
  func run(_ tasks: Int = 8, during body: @Sendable () async throws -> Void) async throws {
    try await engine.withConnection {
      _ = try await $0.execute(PGStatement("CREATE TABLE IF NOT EXISTS load (n int8 PRIMARY KEY)", isPrepared: false))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<tasks { group.addTask { try await write(task * 1_000_000_000) } }
      do {
        try await body()
      } catch {
        isOver.change { $0 = true }
        throw error
      }
      isOver.change { $0 = true }
      try await group.waitForAll()
    }
  }

  private func write(_ first: Int) async throws {
    var number = first
    while !isOver.value {
      let row = number
      number += 1
      do {
        if row % 2 == 0 {
          try await engine.transaction { connection in
            let result = try await connection.execute(.numbers("INSERT INTO load VALUES ($1) RETURNING n", row))
            #expect(result.int(0, 0) == row)
          }
        } else {
          try await engine.withConnection { connection in
            let result = try await connection.execute(.numbers("INSERT INTO load VALUES ($1) RETURNING n", row))
            #expect(result.int(0, 0) == row)
          }
        }
        acknowledged.change { $0.insert(row) }
      } catch let error as VectorStoreError {
        failures.change { $0.append(error) }
        // What fails at once is not asked a million times.
        try await Task.sleep(for: .milliseconds(2))
      }
    }
  }

  /// Every write that was acknowledged is there; nobody saw another error than one of a connection.
  func check() async throws {
    let rows = try await engine.withConnection {
      try await $0.execute(PGStatement("SELECT n FROM load", isPrepared: false))
    }
    let there = Set((0..<rows.rowCount).compactMap { rows.int($0, 0) })
    #expect(acknowledged.value.subtracting(there).isEmpty)
    #expect(!acknowledged.value.isEmpty)
    for error in errors { #expect(error.code == .unavailable, "\(error)") }
    #expect(engine.pool.inUse == 0)
    #expect(engine.pool.waiting == 0)
  }
}
