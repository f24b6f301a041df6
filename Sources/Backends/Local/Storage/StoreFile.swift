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
  /// A private database, removed when it is closed.
  let isTemporary: Bool
  private let survivesPowerFailure: Lock<Bool>
  private let writer = Lock<DatabaseQueue?>(nil)
  /// One write at a time in this process.
  private let writes = DispatchQueue(label: "vectorstore.writes", qos: .userInitiated)
  /// Reads that take long.
  private let reads = DispatchQueue(label: "vectorstore.reads", qos: .userInitiated, attributes: .concurrent)

  init(path: String, isTemporary: Bool, survivesPowerFailure: Bool) {
    paths = StorePaths(database: path)
    readers = ReaderPool(path: path)
    self.isTemporary = isTemporary
    self.survivesPowerFailure = Lock(survivesPowerFailure)
  }

  deinit { closeConnections() }

  // MARK: Work off Swift's threads

  /// Runs a write: alone in this process and, by the lock file, among all processes.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    try await run(on: writes) { [self] cancellation in
      try StoreErrors.translating(paths) {
        let lock = try isTemporary ? nil : FileLock(path: paths.lock)
        return try withExtendedLifetime(lock) { try body(cancellation) }
      }
    }
  }

  /// Runs work that no write of this process may overlap, but that writes nothing to the database itself.
  func exclusively<Result: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result {
    try await run(on: writes) { [paths] cancellation in
      try StoreErrors.translating(paths) { try body(cancellation) }
    }
  }

  /// Runs a long read.
  func longRead<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    try await run(on: reads) { [paths] cancellation in
      try StoreErrors.translating(paths) { try body(cancellation) }
    }
  }

  private func run<Result: Sendable>(
    on queue: DispatchQueue, _ body: @escaping @Sendable (Cancellation) throws -> Result
  ) async throws -> Result {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async {
          continuation.resume(
            with: Swift.Result {
              try cancellation.check()
              return try body(cancellation)
            })
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  // MARK: The writing connection

  /// The connection that writes; inside of ``write(_:)`` only.
  func writingConnection() throws -> DatabaseQueue {
    if let open = writer.withLock({ $0 }) { return open }
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.journalMode = .wal
    configuration.label = "vectorstore.writer"
    let synchronous = isTemporary ? "OFF" : survivesPowerFailure.withLock { $0 } ? "FULL" : "NORMAL"
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = \(synchronous); PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864
          """)
    }
    let connection = try DatabaseQueue(path: paths.database, configuration: configuration)
    writer.withLock { $0 = connection }
    return connection
  }

  /// A transaction on the writing connection; inside of ``write(_:)`` only.
  func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try writingConnection().writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      do {
        let result = try body(db)
        try db.execute(sql: "COMMIT")
        return result
      } catch {
        // After a full disk SQLite has rolled back by itself.
        if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") }
        throw error
      }
    }
  }

  /// Every later write outlives a power failure if one who opened the store wants it.
  func require(survivesPowerFailure: Bool) {
    guard survivesPowerFailure, !isTemporary else { return }
    let wasWeaker = self.survivesPowerFailure.withLock { value in
      defer { value = true }; return !value
    }
    if wasWeaker { writer.withLock { $0 }?.unsafeReentrantWrite { try? $0.execute(sql: "PRAGMA synchronous = FULL") } }
  }

  // MARK: Closing

  /// Closes everything. What the log holds goes into the database, under the lock as every checkpoint.
  func close() async {
    if writer.withLock({ $0 }) != nil {
      _ = try? await write { [self] _ in
        readers.close()
        closeConnections()
      }
    }
    closeConnections()
  }

  private func closeConnections() {
    readers.close()
    try? writer.withLock { connection in
      defer { connection = nil }; return connection
    }?.close()
    guard isTemporary else { return }
    for path in [paths.database, paths.writeAheadLog, paths.database + "-shm"] { FileStatus.remove(path) }
    if let slash = paths.database.lastIndex(of: "/") { FileStatus.removeFolder(String(paths.database[..<slash])) }
  }
}
