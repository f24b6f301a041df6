// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite
import HNSW
import VectorStoreCore

/// Read-only connections. One is taken for each read and comes back after it; there are as many as reads at one time.
///
/// In WAL mode a reader waits for nobody, so that short reads are made where they are asked for, without another thread.
final class ReaderPool: Sendable {
  private let path: String
  private let watch: FileWatch
  private let state = Lock(State())
  /// Idle connections beyond this are closed.
  private static let keptConnections = 8
  /// Instructions of SQLite's machine; a row takes some ten.
  private static let stepsBetweenLooks: Int32 = 10_000

  private struct State {
    var idle: [Connection] = []
    var isClosed = false
  }

  private struct Connection {
    let queue: DatabaseQueue
    /// The file's stamp, where SQLite was told that nobody writes to it and looks at no log.
    var immutable: FileStatus.Stamp?
  }

  init(path: String, watch: FileWatch) {
    self.path = path
    self.watch = watch
  }

  /// Reads at one moment of the database: a transaction around `body`, which runs again where the file changed under it.
  ///
  /// - Parameter cancellation: ends a statement that runs long.
  func read<Result>(cancellation: Cancellation? = nil, _ body: (Database) throws -> Result) throws -> Result {
    try withConnection { db in
      if let cancellation { Self.watch(cancellation, db) }
      defer { if cancellation != nil { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) } }
      try db.cachedStatement(sql: "BEGIN DEFERRED").run()
      defer { if db.isInsideTransaction { try? db.cachedStatement(sql: "COMMIT").run() } }
      return try body(db)
    }
  }

  /// Runs a statement that may not be in a transaction.
  func statement(sql: String, arguments: StatementArguments, cancellation: Cancellation) throws {
    try withConnection { db in
      Self.watch(cancellation, db)
      defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
      try db.execute(sql: sql, arguments: arguments)
    }
  }

  /// Has SQLite look now and then whether the task was cancelled. `cancellation` outlives the statements.
  private static func watch(_ cancellation: Cancellation, _ db: Database) {
    sqlite3_progress_handler(
      db.sqliteConnection, stepsBetweenLooks,
      { context in
        guard let context else { return 0 }
        return Unmanaged<Cancellation>.fromOpaque(context).takeUnretainedValue().isCancelled ? 1 : 0
      }, Unmanaged.passUnretained(cancellation).toOpaque())
  }

  private func withConnection<Result>(_ body: (Database) throws -> Result) throws -> Result {
    for _ in 0..<100 {
      let connection = try take()
      var isReusable = true
      let result = Swift.Result {
        try connection.queue.unsafeRead { db in
          defer { isReusable = !db.isInsideTransaction }
          return try body(db)
        }
      }
      if isOutdated(connection) { continue }
      // A connection that has reported an error is not used again.
      if case .failure(let error) = result, error is DatabaseError { isReusable = false }
      if isReusable { put(connection) }
      return try result.get()
    }
    throw VectorStoreError(.busy, "\(path) was written to again and again while it was read; try again later")
  }

  // MARK: Connections

  private func take() throws -> Connection {
    let idle = try state.withLock { state in
      guard !state.isClosed else { throw VectorStoreError(.unavailable, "the store has been closed") }
      return state.idle.popLast()
    }
    if let idle, !isOutdated(idle) { return idle }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.label = "vectorstore.reader"
    // The transaction that a failed COMMIT leaves is dealt with here.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536")
    }
    try watch.check()
    let connection = try open(configuration)
    try watch.settle()
    return connection
  }

  private func open(_ configuration: Configuration) throws -> Connection {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // What SQLite finds out only when it reads, such as a folder in which it can make no shared memory.
      try queue.unsafeRead { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
      return Connection(queue: queue, immutable: nil)
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      return try immutable(configuration, after: error)
    }
  }

  /// A read-only folder without a write-ahead log: SQLite needs no files beside the database, but it must be told, and told
  /// that nobody writes. Somebody else who may write there could all the same, so that the stamp is compared after each read.
  private func immutable(_ configuration: Configuration, after error: DatabaseError) throws -> Connection {
    guard !FileStatus.exists(path + "-wal"), let stamp = FileStatus.stamp(path) else { throw error }
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"): bytes += Array("%25".utf8)
      case UInt8(ascii: "?"): bytes += Array("%3f".utf8)
      case UInt8(ascii: "#"): bytes += Array("%23".utf8)
      default: bytes.append(byte)
      }
    }
    let queue = try DatabaseQueue(
      path: "file:\(String(decoding: bytes, as: UTF8.self))?immutable=1", configuration: configuration)
    return Connection(queue: queue, immutable: stamp)
  }

  private func isOutdated(_ connection: Connection) -> Bool {
    guard let stamp = connection.immutable else { return false }
    return FileStatus.exists(path + "-wal") || FileStatus.stamp(path) != stamp
  }

  private func put(_ connection: Connection) {
    state.withLock { state in
      if !state.isClosed, state.idle.count < Self.keptConnections { state.idle.append(connection) }
    }
    // One that is not kept closes when it is let go of here.
  }

  /// Closes connections, those in use when they come back; no more are opened.
  func close() {
    let idle = state.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return state.idle
    }
    for connection in idle { try? connection.queue.close() }
  }
}
