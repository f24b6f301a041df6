// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Keeps the vector index of a collection in step with the database: opens its file, replays what the file lacks, or has it
/// built anew.
///
/// Its methods run inside of ``StoreFile/write(_:)`` or ``StoreFile/exclusively(_:)``, one at a time, but for
/// ``buildAside(_:tables:)``.
final class IndexKeeper: Sendable {
  private let paths: StorePaths
  private let collection: Int64
  private let threads: Int
  private let isTemporary: Bool
  private let state = Lock(State())

  private struct State {
    var phase = Phase.idle
    /// The file has a damaged block: it is not opened again.
    var isFileBad = false
    /// Rows written since somebody looked whether the file is due.
    var rowsSinceLook = 0
    /// The index in memory has been compacted since it was saved.
    var isCompacted = false
  }

  /// The log is counted when so many rows have been written, not after each write.
  private static let rowsBetweenLooks = 2_000

  private enum Phase {
    case idle
    /// Searches are exact; somebody has to start the build.
    case wanted
    case building
    case built(Built)
    /// Searches stay exact until the index is rebuilt.
    case failed(VectorStoreError)
  }

  /// An index that has all of a change.
  private struct Built: Sendable {
    let index: HNSWIndex
    let change: Int64
  }

  init(paths: StorePaths, collection: Int64, threads: Int, isTemporary: Bool) {
    self.paths = paths
    self.collection = collection
    self.threads = threads
    self.isTemporary = isTemporary
  }

  /// The index file.
  var path: String { paths.index(collection: collection) }

  /// Whether searches are exact because the index is not there yet, and catching up would not bring it.
  var isAway: Bool {
    state.withLock { state in
      switch state.phase {
      case .idle, .built: false
      case .wanted, .building, .failed: true
      }
    }
  }

  /// Notes that rows were written.
  func noteRows(_ count: Int) { state.withLock { $0.rowsSinceLook += count } }

  /// Notes that the index in memory has been compacted, and its file has not.
  func noteCompaction() { state.withLock { $0.isCompacted = true } }

  /// Whether the index in memory has been compacted since it was saved or loaded.
  var isCompacted: Bool { state.withLock { $0.isCompacted } }

  /// Whether so much was written that it may be time to save the index; false again until as much more is.
  var isSaveWorthALook: Bool {
    state.withLock { state in
      guard state.rowsSinceLook >= Self.rowsBetweenLooks else { return false }
      state.rowsSinceLook = 0
      return true
    }
  }

  /// Why the index could not be built; nil where nothing went wrong.
  var failure: VectorStoreError? { state.withLock { if case .failed(let error) = $0.phase { error } else { nil } } }

  /// Whether linking so many vectors is cheaper than one exact search over all of them, or takes no time that matters.
  static func isShort(_ pending: Int, of count: Int) -> Bool { pending <= max(512, count / 32) }

  // MARK: From moment to moment

  /// The moment that belongs to a transaction, from an earlier one.
  ///
  /// - Parameter loading: whether an index that is not in memory is brought there.
  func next(after moment: Moment, db: Database, tables: CollectionTables, loading: Bool) throws -> Moment {
    let record = try CollectionRecord.fetch(db, id: collection)
    let replay = ChangeReplay(tables: tables, threads: threads)
    guard let configuration = record.configuration else {
      forget()
      return Moment(record: record, index: nil)
    }
    do {
      return try next(after: moment, record, configuration, db: db, tables: tables, replay, loading: loading)
    } catch let error as VectorIndexError where error.code == .corruptFile {
      rejectFile()
    } catch let error as VectorIndexError {
      fail(error)
    } catch let error as VectorStoreError where error.code == .corrupt {
      // A stored vector is damaged. What does not look at it goes on.
      fail(error)
    }
    return Moment(record: record, index: nil)
  }

  private func next(
    after moment: Moment, _ record: CollectionRecord, _ configuration: HNSWConfiguration, db: Database,
    tables: CollectionTables, _ replay: ChangeReplay, loading: Bool
  ) throws -> Moment {
    if let built = takeBuilt(), built.index.configuration == configuration,
      (record.indexChange...record.change).contains(built.change)
    {
      return try advance(IndexMoment(built.index), from: built.change, to: record, db, replay)
    }
    // A database that is behind the moment was replaced by an earlier state of itself.
    if let current = moment.index, current.loaded.index.configuration == configuration,
      (record.indexChange...record.change).contains(moment.change)
    {
      return try advance(current, from: moment.change, to: record, db, replay)
    }
    guard loading, !isAway else { return Moment(record: record, index: nil) }
    guard let base = try base(of: record, configuration: configuration) else {
      guard record.count <= 512 else { return wantBuild(record) }
      let index = try build(db, record, configuration, tables: tables)
      return Moment(record: record, index: IndexMoment(index))
    }
    guard Self.isShort(try replay.pending(db, after: base.change), of: record.count) else { return wantBuild(record) }
    return try advance(IndexMoment(base.index), from: base.change, to: record, db, replay)
  }

  private func advance(
    _ current: IndexMoment, from change: Int64, to record: CollectionRecord, _ db: Database, _ replay: ChangeReplay
  ) throws -> Moment {
    // One change, one view: what is cached by the change's number has the view's number of slots.
    guard record.change > change else { return Moment(record: record, index: current) }
    var touched = current.touched
    let index = current.loaded.index
    try replay.apply(db, to: index, touched: &touched, after: change, upTo: record.change)
    return Moment(record: record, index: IndexMoment(loaded: current.loaded, view: index.view(), touched: touched))
  }

  /// Whether the first search will find no index, and be exact: without loading one, and so without looking into the file.
  func hasToBeBuilt(_ record: CollectionRecord, pending: Int) -> Bool {
    let isNew = record.indexFile == nil && record.indexChange == 0 && record.pendingFile == nil
    let known = [record.indexFile, record.pendingFile].compactMap { $0 }
    let hasFile = !isTemporary && IndexFingerprint.of(path).map { known.contains($0) } ?? false
    guard isNew || hasFile else { return record.count > 512 }
    return !Self.isShort(pending, of: record.count)
  }

  private func wantBuild(_ record: CollectionRecord) -> Moment {
    state.withLock { $0.phase = .wanted }
    return Moment(record: record, index: nil)
  }

  private func takeBuilt() -> Built? {
    state.withLock { state in
      guard case .built(let built) = state.phase else { return nil }
      state.phase = .idle
      return built
    }
  }

  /// What there is to start from: the file, or an empty index where the log has all changes; nil where the index has to be
  /// built from the rows.
  private func base(of record: CollectionRecord, configuration: HNSWConfiguration) throws -> Built? {
    if record.indexFile == nil, record.indexChange == 0, record.pendingFile == nil {
      return Built(index: try HNSWIndex(configuration), change: 0)
    }
    guard !isTemporary, !state.withLock({ $0.isFileBad }), let fingerprint = IndexFingerprint.of(path) else {
      return nil
    }
    let known = [(record.indexFile, record.indexChange), (record.pendingFile, record.pendingChange)]
    guard let change = known.first(where: { $0.0 == fingerprint })?.1,
      let index = try? HNSWIndex.open(path: path), index.configuration == configuration,
      IndexClock.change(ofNumber: index.changeNumber) == change
    else { return nil }
    return Built(index: index, change: change)
  }

  // MARK: Building

  /// Builds the index from the rows.
  func build(
    _ db: Database, _ record: CollectionRecord, _ configuration: HNSWConfiguration, tables: CollectionTables,
    progress: ((Int) throws -> Void)? = nil
  ) throws -> HNSWIndex {
    let index = try HNSWIndex(configuration)
    let statement = try db.cachedStatement(sql: "SELECT key, embedding FROM \(tables.vectors) ORDER BY key")
    try ChangeReplay(tables: tables, threads: threads).link(statement, into: index, progress: progress)
    let number = IndexClock.number(ofChange: record.change)
    if number > index.changeNumber { try index.remove(labels: [], changeNumber: number) }
    return index
  }

  /// Whether a build is wanted; the one who is told so makes it.
  func startsBuild() -> Bool {
    state.withLock { state in
      guard case .wanted = state.phase else { return false }
      state.phase = .building
      return true
    }
  }

  /// Makes the index that ``next(after:db:tables:loading:)`` wants, while reads and writes go on; that method takes it.
  ///
  /// - Returns: whether the index is worth a file.
  func buildAside(_ db: Database, tables: CollectionTables, cancellation: Cancellation) throws -> Bool {
    let record = try CollectionRecord.fetch(db, id: collection)
    guard let configuration = record.configuration else {
      forget()
      return false
    }
    let index =
      try opened(db, record, configuration, tables: tables, cancellation)
      ?? build(db, record, configuration, tables: tables) { _ in try cancellation.check() }
    state.withLock { $0.phase = .built(Built(index: index, change: record.change)) }
    return true
  }

  /// The index of the file, brought up to the record; nil where there is none that is sound.
  private func opened(
    _ db: Database, _ record: CollectionRecord, _ configuration: HNSWConfiguration, tables: CollectionTables,
    _ cancellation: Cancellation
  ) throws -> HNSWIndex? {
    guard let base = try base(of: record, configuration: configuration) else { return nil }
    do {
      var touched = TouchedSlots()
      try ChangeReplay(tables: tables, threads: threads).apply(
        db, to: base.index, touched: &touched, after: base.change, upTo: record.change
      ) { _ in try cancellation.check() }
      return base.index
    } catch let error as VectorIndexError where error.code == .corruptFile {
      state.withLock { $0.isFileBad = true }
      return nil
    }
  }

  /// The build, or what comes after it, came to nothing. One that was only called off is made when it is next wanted.
  func endBuild(_ error: any Error) {
    state.withLock { state in
      guard case .building = state.phase else { return }
      state.phase = .idle
    }
    if !(error is CancellationError) { fail(error) }
  }

  private func fail(_ error: any Error) {
    let reason =
      (error as? VectorStoreError)?.message ?? (error as? VectorIndexError)?.message ?? "\(error)"
    state.withLock { $0.phase = .failed(VectorStoreError(.backend, "the index could not be built: \(reason)")) }
  }

  /// The file turned out to be damaged: it is not used again, and the index is built from the rows.
  func rejectFile() {
    state.withLock {
      $0.isFileBad = true; $0.phase = .wanted
    }
  }

  /// A file that is sound and has all of the index has taken the place of the old one.
  func acceptFile() {
    state.withLock {
      $0.isFileBad = false
      $0.isCompacted = false
    }
  }

  /// Nothing is under way any more.
  func forget() { state.withLock { $0.phase = .idle } }
}
