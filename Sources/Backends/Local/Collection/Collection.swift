// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import Logging
import VectorStoreCore

/// One collection as a process has it open: the present moment, and how to get to the next.
///
/// Everything that changes the moment runs inside of ``StoreFile/write(_:)``, one at a time. Searches take the moment
/// that belongs to the change number of their transaction.
final class Collection: Sendable {
  let file: StoreFile
  let id: Int64
  let tables: CollectionTables
  let keeper: IndexKeeper
  let compactor: IndexCompactor
  let logger: Logger
  private let published: Lock<Moment>
  private let handles = Lock(Handles())
  private let newVectors = Lock(false)
  /// The build of the index that was started last.
  private let build = Lock<Task<Void, Never>?>(nil)

  /// As the first who opens it in the process wants it.
  init(file: StoreFile, record: CollectionRecord, options: OpenOptions) {
    self.file = file
    id = record.id
    tables = CollectionTables(id: record.id)
    keeper = IndexKeeper(
      paths: file.paths, collection: record.id, threads: options.threads, isTemporary: file.isTemporary)
    compactor = IndexCompactor(
      file: file, threshold: options.compactionThreshold, threads: options.threads, logger: options.logger)
    logger = options.logger
    published = Lock(Moment(record: record, index: nil))
  }

  var moment: Moment { published.withLock { $0 } }

  func publish(_ moment: Moment) { published.withLock { $0 = moment } }

  /// Who has it open.
  private struct Handles {
    var count = 0
    /// Those who may write.
    var writing = 0
  }

  func retain(forWriting: Bool) {
    handles.withLock {
      $0.count += 1
      if forWriting { $0.writing += 1 }
    }
  }

  /// Whether this was the last who had it open.
  func release(forWriting: Bool) -> Bool {
    handles.withLock {
      $0.count -= 1
      if forWriting { $0.writing -= 1 }
      return $0.count == 0
    }
  }

  /// Whether only one has it open.
  var hasOneHandle: Bool { handles.withLock { $0.count == 1 } }

  /// Whether somebody in this process may write to it; for readers alone not even the index file is made anew.
  var mayBeWritten: Bool { handles.withLock { $0.writing > 0 } }

  /// Where the database is, as seen in a transaction.
  func position(_ db: Database) throws -> Position {
    let statement = try db.cachedStatement(sql: tables.selectPosition)
    let position = try statement.first(key: id) { row in
      Position(change: try row.integer(0), revision: try row.integer(1))
    }
    guard let position else { throw VectorStoreError(.notFound, "the collection has been dropped") }
    return position
  }

  struct Position: Equatable {
    var change: Int64
    var revision: Int64
  }

  /// Reads at one moment: `body` gets a transaction and the moment that belongs to it.
  ///
  /// Waits where this process or another has committed a change that is not published here yet.
  func read<Result: Sendable>(
    needsIndex: Bool, isLong: Bool = false, _ body: @escaping @Sendable (Database, Moment) throws -> Result
  ) async throws -> Result {
    for attempt in 0... {
      let outcome =
        isLong
        ? try await file.longRead { [self] in try attemptRead(needsIndex: needsIndex, cancellation: $0, body) }
        : try StoreErrors.translating(file.paths) { try attemptRead(needsIndex: needsIndex, body) }
      switch outcome {
      case .done(let result): return result
      case .isBehind:
        // The database may be ahead because a write of this process is about to publish, or because of another process.
        try await catchUp(loadingIndex: needsIndex)
      case .isAhead:
        try Task.checkCancellation()
        // Once is the rule. If it goes on, the database has gone back to an earlier state.
        if attempt > 8 { try await catchUp(loadingIndex: needsIndex) }
      }
    }
    throw VectorStoreError(.backend, "a read found no moment to work on")
  }

  private enum ReadOutcome<Result: Sendable>: Sendable {
    case done(Result)
    /// The database has a change that is not published here.
    case isBehind
    /// A change was published after the transaction began.
    case isAhead
  }

  private func attemptRead<Result: Sendable>(
    needsIndex: Bool, cancellation: Cancellation? = nil, _ body: (Database, Moment) throws -> Result
  ) throws -> ReadOutcome<Result> {
    try file.readers.read(cancellation: cancellation) { db in
      let position = try position(db)
      let moment = moment
      let isLoaded = !needsIndex || moment.index != nil || moment.record.configuration == nil || keeper.isAway
      guard isLoaded, position.revision == moment.record.revision, position.change == moment.change else {
        return position.change < moment.change ? .isAhead : .isBehind
      }
      return .done(try body(db, moment))
    }
  }

  /// Brings the moment to what the database holds.
  func catchUp(loadingIndex: Bool) async throws {
    // Nothing is written to the database here; the queue keeps other changes of the moment away.
    try await file.exclusively { [self] _ in
      let next = try file.readers.read { db in
        try keeper.next(after: moment, db: db, tables: tables, loading: loadingIndex)
      }
      publish(next)
    }
    tendIndex()
  }

  /// As ``catchUp(loadingIndex:)``, and where the index is being built, when that is done.
  func catchUpWaitingForIndex() async throws {
    while true {
      try await catchUp(loadingIndex: true)
      guard keeper.isAway, keeper.failure == nil else { return }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Starts what the index needs beside reads and writes: its build, or a compaction.
  func tendIndex() {
    buildAsideIfWanted()
    compactor.startIfDue(self)
  }

  /// Starts the build of an index that is wanted, beside reads and writes.
  func buildAsideIfWanted() {
    guard keeper.startsBuild() else { return }
    let task = Task.detached { [self] in
      do {
        let isWorthSaving = try await file.longRead { [self] cancellation in
          try file.readers.read { db in try keeper.buildAside(db, tables: tables, cancellation: cancellation) }
        }
        try await catchUp(loadingIndex: true)
        if isWorthSaving, mayBeWritten { try await file.write { [self] _ in try IndexSaving(self).save() } }
      } catch {
        keeper.endBuild(error)
        if !(error is CancellationError) { logger.warning("the index could not be built or saved: \(error)") }
      }
    }
    build.withLock { $0 = task }
  }

  /// Notes that vectors were written here.
  func noteVectors() { newVectors.withLock { $0 = true } }

  /// Whether vectors were written here: then the index is this process's to leave behind.
  var hasNewVectors: Bool { newVectors.withLock { $0 } }

  /// Returns when the build that is under way, if there is one, has ended. A cancelled task calls it off.
  func finishBuild() async {
    guard let task = build.withLock({ $0 }) else { return }
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Tells a build that its result is not wanted any more.
  func cancelBuild() { build.withLock { $0 }?.cancel() }

  /// As ``cancelBuild()``; returns when the build has ended.
  func stopBuild() async {
    while let task = build.withLock({ build in
      defer { build = nil }
      return build
    }) {
      task.cancel()
      await task.value
    }
  }

  /// Drops an index whose file turned out to be damaged; searches are exact until it is built anew.
  func rejectIndex(_ damaged: LoadedIndex) async throws {
    try await file.exclusively { [self] _ in
      if moment.index?.loaded === damaged { dropIndex() }
    }
    buildAsideIfWanted()
  }

  /// Goes on without an index whose file is damaged; inside of ``StoreFile/write(_:)`` or ``StoreFile/exclusively(_:)``. Who calls
  /// it sees to ``buildAsideIfWanted()`` afterwards.
  func dropIndex() {
    logger.warning("the index file \(keeper.path) is damaged; searches are exact until it is built anew")
    keeper.rejectFile()
    publish(Moment(record: moment.record, index: nil))
  }
}
