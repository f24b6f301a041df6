// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW

/// Read-only connections. One is taken for each read and comes back after it; there are as many as reads at one time.
///
/// In WAL mode a reader waits for nobody, so that short reads are made where they are asked for, without another thread.
final class ReaderPool: Sendable {
  private let path: String
  private let idle = Lock<[DatabaseQueue]>([])
  private let isClosed = Lock(false)
  /// Idle connections beyond this are closed.
  private static let keptConnections = 16

  init(path: String) { self.path = path }

  /// Reads at one moment of the database: a transaction around `body`.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    let connection = try take()
    defer { put(connection) }
    return try connection.unsafeRead { db in
      try db.cachedStatement(sql: "BEGIN DEFERRED").run()
      defer { try? db.cachedStatement(sql: "COMMIT").run() }
      return try body(db)
    }
  }

  /// Runs a statement that may not be in a transaction.
  func statement(sql: String, arguments: StatementArguments) throws {
    let connection = try take()
    defer { put(connection) }
    try connection.unsafeRead { db in try db.execute(sql: sql, arguments: arguments) }
  }

  private func take() throws -> DatabaseQueue {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.label = "vectorstore.reader"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384")
    }
    do {
      let connection = try DatabaseQueue(path: path, configuration: configuration)
      // What SQLite finds out only when it reads, such as a folder in which it can make no shared memory.
      try connection.unsafeRead { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
      return connection
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      return try immutable(configuration, after: error)
    }
  }

  /// A read-only folder without a write-ahead log: nobody writes there, and SQLite needs no files beside the database.
  private func immutable(_ configuration: Configuration, after error: DatabaseError) throws -> DatabaseQueue {
    guard !FileStatus.exists(path + "-wal"), FileStatus.exists(path) else { throw error }
    let escaped = path.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "%"): "%25"
      case UInt8(ascii: "?"): "%3f"
      case UInt8(ascii: "#"): "%23"
      default: nil as String?
      }
    }
    var bytes: [UInt8] = []
    for (byte, escape) in zip(path.utf8, escaped) { bytes += escape.map { Array($0.utf8) } ?? [byte] }
    return try DatabaseQueue(
      path: "file:\(String(decoding: bytes, as: UTF8.self))?immutable=1", configuration: configuration)
  }

  private func put(_ connection: DatabaseQueue) {
    let isKept = idle.withLock { list in
      guard list.count < Self.keptConnections else { return false }
      list.append(connection)
      return true
    }
    if !isKept || isClosed.withLock({ $0 }) { closeIdle() }
  }

  /// Closes connections; those in use when they come back.
  func close() {
    isClosed.withLock { $0 = true }
    closeIdle()
  }

  private func closeIdle() {
    guard isClosed.withLock({ $0 }) else { return }
    for connection in idle.withLock({ list in
      defer { list = [] }; return list
    }) { try? connection.close() }
  }
}
