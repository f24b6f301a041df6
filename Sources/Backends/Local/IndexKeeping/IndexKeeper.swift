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
  }

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
    /// Whether it was made from the rows, so that there is no file of it.
    let isNew: Bool
  }

  init(paths: StorePaths, collection: Int64, threads: Int, isTemporary: Bool) {
    self.paths = paths
    self.collection = collection
    self.threads = threads
    self.isTemporary = isTemporary
  }

  /// The index file.
  var path: String { paths.index(collection: collection) }

  /// Whether searches are exact because the index is not there yet.
  var isAway: Bool { state.withLock { if case .idle = $0.phase { false } else { true } } }

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
    if let built = takeBuilt(), built.index.configuration == configuration, built.change >= record.indexChange {
      return try advance(IndexMoment(built.index), from: built.change, to: record, db, replay)
    }
    if let current = moment.index, current.loaded.index.configuration == configuration,
      moment.change >= record.indexChange
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
    var touched = current.touched
    let index = current.loaded.index
    try replay.apply(db, to: index, touched: &touched, after: change, upTo: record.change)
    return Moment(record: record, index: IndexMoment(loaded: current.loaded, view: index.view(), touched: touched))
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
      return Built(index: try HNSWIndex(configuration), change: 0, isNew: false)
    }
    guard !isTemporary, !state.withLock({ $0.isFileBad }), let fingerprint = IndexFingerprint.of(path) else {
      return nil
    }
    let known = [(record.indexFile, record.indexChange), (record.pendingFile, record.pendingChange)]
    guard let change = known.first(where: { $0.0 == fingerprint })?.1,
      let index = try? HNSWIndex.open(path: path), index.configuration == configuration,
      IndexClock.change(ofNumber: index.changeNumber) == change
    else { return nil }
    return Built(index: index, change: change, isNew: false)
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
    try index.remove(labels: [], changeNumber: IndexClock.number(ofChange: record.change))
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
  func buildAside(_ db: Database, tables: CollectionTables) -> Bool {
    do {
      let record = try CollectionRecord.fetch(db, id: collection)
      guard let configuration = record.configuration else {
        forget()
        return false
      }
      let replay = ChangeReplay(tables: tables, threads: threads)
      var touched = TouchedSlots()
      let built: Built
      if let base = try base(of: record, configuration: configuration) {
        try replay.apply(db, to: base.index, touched: &touched, after: base.change, upTo: record.change)
        built = Built(index: base.index, change: record.change, isNew: false)
      } else {
        let index = try build(db, record, configuration, tables: tables)
        built = Built(index: index, change: record.change, isNew: true)
      }
      state.withLock { $0.phase = .built(built) }
      return true
    } catch {
      let reason = (error as? VectorStoreError)?.message ?? "\(error)"
      state.withLock { $0.phase = .failed(VectorStoreError(.backend, "the index could not be built: \(reason)")) }
      return false
    }
  }

  /// The file turned out to be damaged: it is not used again, and the index is built from the rows.
  func rejectFile() {
    state.withLock {
      $0.isFileBad = true; $0.phase = .wanted
    }
  }

  /// A file that is sound has taken the place of the old one.
  func acceptFile() { state.withLock { $0.isFileBad = false } }

  /// Nothing is under way any more.
  func forget() { state.withLock { $0.phase = .idle } }
}
