// SPDX-License-Identifier: Apache-2.0

import Dispatch
import GRDB
import HNSW
import Logging
import VectorStoreCore

/// A store's database as one process has it open: connections for reads, one for writes, and the queues that blocking
/// work is done on. All collections of a store, and all who opened it in this process, share one.
final class StoreFile: Sendable {
  let paths: StorePaths
  let readers: ReaderPool
  /// Tells when the file at the path is another than the one that is open.
  let watch: FileWatch
  /// A private database, removed when it is closed.
  let isTemporary: Bool
  private let survivesPowerFailure: Lock<Bool>
  private let writer = Lock<Writer?>(nil)
  private let isClosed = Lock(false)
  private let collections = Lock<[Int64: WeakCollection]>([:])
  /// Writes that wait for the lock file; they are not in the way of ``writes`` meanwhile.
  private let admissions = DispatchQueue(label: "vectorstore.admissions", qos: .userInitiated)
  /// One write at a time in this process.
  private let writes = DispatchQueue(label: "vectorstore.writes", qos: .userInitiated)
  /// Reads that take long.
  private let reads = DispatchQueue(label: "vectorstore.reads", qos: .userInitiated, attributes: .concurrent)

  private struct Writer {
    let queue: DatabaseQueue
    var synchronous: String
  }

  private struct WeakCollection { weak var collection: Collection? }

  init(path: String, isTemporary: Bool, survivesPowerFailure: Bool) {
    paths = StorePaths(database: path)
    watch = FileWatch(path: path)
    readers = ReaderPool(path: path, watch: watch)
    self.isTemporary = isTemporary
    self.survivesPowerFailure = Lock(survivesPowerFailure)
  }

  deinit { closeConnections() }

  /// A collection; `make` is called where nobody has it open.
  func collection(id: Int64, make: () -> Collection) -> Collection {
    collections.withLock { collections in
      if let open = collections[id]?.collection { return open }
      let collection = make()
      collections[id] = WeakCollection(collection: collection)
      return collection
    }
  }

  // MARK: Work off Swift's threads

  /// Runs a write: alone in this process and, by the lock file, among all processes.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    try await run(on: admissions) { [self] cancellation in
      let lock = try isTemporary ? nil : FileLock(path: paths.lock, cancellation: cancellation)
      return try withExtendedLifetime(lock) {
        try writes.sync {
          guard !isClosed.withLock({ $0 }) else { throw VectorStoreError(.unavailable, "the store has been closed") }
          try watch.check()
          return try body(cancellation)
        }
      }
    }
  }

  /// Runs work that no write of this process may overlap, but that writes nothing to the database itself.
  func exclusively<Result: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result { try await run(on: writes, body) }

  /// Runs a long read.
  func longRead<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    try await run(on: reads, body)
  }

  /// Runs long work that nobody waits for, on a thread that gives way to others.
  func background<Result: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result {
    try await run(body) { [reads] work in
      if !SystemThread.start(.background, work) { reads.async(execute: work) }
    }
  }

  private func run<Result: Sendable>(
    on queue: DispatchQueue, _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result {
    try await run(body) { queue.async(execute: $0) }
  }

  /// - Parameter start: has its argument called on another thread.
  private func run<Result: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Result, start: (@escaping @Sendable () -> Void) -> Void
  ) async throws -> Result {
    let cancellation = Cancellation()
    // The result comes through a lock, which ThreadSanitizer understands; of a continuation it sees nothing.
    let outcome = Lock<Swift.Result<Result, any Error>?>(nil)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start { [paths] in
          let result = Swift.Result {
            try StoreErrors.translating(paths) {
              try cancellation.check()
              do {
                return try body(cancellation)
              } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
                try cancellation.check()
                throw error
              }
            }
          }
          outcome.withLock { $0 = result }
          continuation.resume()
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
    guard let result = outcome.withLock({ $0 }) else {
      throw VectorStoreError(.backend, "the call ended without a result")
    }
    return try result.get()
  }

  // MARK: The writing connection

  /// The connection that writes; inside of ``write(_:)`` only.
  func writingConnection() throws -> DatabaseQueue {
    let synchronous = isTemporary ? "OFF" : survivesPowerFailure.withLock { $0 } ? "FULL" : "NORMAL"
    if let open = writer.withLock({ $0 }) {
      if open.synchronous != synchronous { try set(synchronous: synchronous, of: open.queue) }
      return open.queue
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.journalMode = .wal
    configuration.label = "vectorstore.writer"
    // A transaction that could not even be rolled back is dealt with here.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864
          """)
    }
    let connection = try DatabaseQueue(path: paths.database, configuration: configuration)
    // GRDB sets NORMAL when it turns the write-ahead log on, after the database was prepared.
    try set(synchronous: synchronous, of: connection)
    try watch.settle()
    return connection
  }

  private func set(synchronous: String, of connection: DatabaseQueue) throws {
    // On macOS only F_FULLFSYNC reaches the disk; elsewhere the second statement changes nothing.
    let reachesDisk = synchronous == "FULL" ? "ON" : "OFF"
    try connection.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = \(synchronous); PRAGMA fullfsync = \(reachesDisk)")
    }
    writer.withLock { $0 = Writer(queue: connection, synchronous: synchronous) }
  }

  /// A transaction on the writing connection; inside of ``write(_:)`` only.
  func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    let connection = try writingConnection()
    var isUsable = true
    defer { if !isUsable { writer.withLock { $0 = nil } } }
    return try connection.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      do {
        let result = try body(db)
        try db.execute(sql: "COMMIT")
        return result
      } catch {
        // After a full disk SQLite has rolled back by itself.
        if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
        isUsable = !db.isInsideTransaction
        throw error
      }
    }
  }

  /// Every later write outlives a power failure if one who opened the store wants it.
  func require(survivesPowerFailure: Bool) {
    if survivesPowerFailure { self.survivesPowerFailure.withLock { $0 = true } }
  }

  // MARK: Closing

  /// Closes everything, after the writes that were asked for. What the log holds goes into the database, under the lock as
  /// every checkpoint.
  func close() async {
    if writer.withLock({ $0 }) != nil { _ = try? await write { [self] _ in closeConnections() } }
    closeConnections()
  }

  private func closeConnections() {
    isClosed.withLock { $0 = true }
    readers.close()
    // The last connection of all to a database puts the log into it, alone by SQLite's own lock.
    try? writer.withLock { writer in
      defer { writer = nil }
      return writer
    }?.queue.close()
    guard isTemporary else { return }
    for path in [paths.database, paths.writeAheadLog, paths.database + "-shm"] { FileStatus.remove(path) }
    if let slash = paths.database.lastIndex(of: "/") { FileStatus.removeFolder(String(paths.database[..<slash])) }
  }
}
