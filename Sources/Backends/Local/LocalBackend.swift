// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import Logging
public import VectorStoreCore

/// The embedded store: documents in an SQLite database, searched by the engine in this process.
///
/// The database is the truth; the vector index is kept in memory and in a file beside it, which is made anew from the
/// database when it is missing or damaged. `sqlite:PATH` is a file, `memory:` a private temporary one.
///
/// A path that is opened several times in a process is opened once and shared. Processes may use one store together: a
/// write waits for the others' writes, reads wait for nobody.
public final class LocalBackend: VectorStoreBackend {
  /// `sqlite` and `memory`.
  public static let schemes = ["sqlite", "memory"]

  let collection: Collection
  let options: OpenOptions
  private let isClosed = Lock(false)

  init(collection: Collection, options: OpenOptions) {
    self.collection = collection
    self.options = options
    collection.retain(forWriting: options.access != .readOnly)
  }

  deinit {
    guard !isClosed.withLock({ $0 }) else { return }
    if collection.release(forWriting: options.access != .readOnly) {
      collection.cancelBuild()
      collection.compactor.cancel()
    }
    // The connections close with the last who holds the file.
    _ = StoreRegistry.release(collection.file)
  }

  // MARK: The space

  public func recordedSpace() async throws -> RecordedSpace? {
    try await read { _, moment in
      moment.record.space.map { RecordedSpace($0, embedderName: moment.record.embedderName) }
    }
  }

  public func record(_ space: RecordedSpace) async throws {
    try await write { [collection] _ in
      try collection.file.transaction { db in
        var record = try CollectionRecord.fetch(db, id: collection.id)
        try LocalStoreOpener.join(space, to: &record)
        try record.update(db)
      }
    }
    try await collection.catchUp(loadingIndex: false)
  }

  // MARK: Reading

  public func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    try Self.check(request)
    while true {
      do {
        return try await search(request)
      } catch let damaged as DamagedIndex {
        try await collection.rejectIndex(damaged.loaded)
      }
    }
  }

  private func search(_ request: CandidateRequest) async throws -> CandidateSet {
    let tables = collection.tables
    return try await read(needsIndex: request.nearest != nil, isLong: isLong(request)) { db, moment in
      try CandidateSearch(request: request, db: db, moment: moment, tables: tables).run()
    }
  }

  /// Whether a search takes longer than a few hundred microseconds, so that it is not made on a thread of Swift's.
  private func isLong(_ request: CandidateRequest) -> Bool {
    let moment = collection.moment
    guard request.keywords == nil, request.nearest?.isExact == false, let index = moment.index else { return true }
    guard let filter = request.filter else { return false }
    return index.loaded.filters[filter]?.change != moment.change
  }

  private static func check(_ request: CandidateRequest) throws {
    for count in [request.nearest?.count, request.keywords?.count] {
      guard count ?? 0 >= 0 else {
        throw VectorStoreError(.invalidArgument, "the number of results must not be negative, but is \(count ?? 0)")
      }
    }
    if let efSearch = request.nearest?.efSearch, efSearch < 1 {
      throw VectorStoreError(.invalidArgument, "efSearch must be at least 1, not \(efSearch)")
    }
  }

  public func get(ids: [String], includingVectors: Bool) async throws -> [VectorStoreCore.Record] {
    let tables = collection.tables
    return try await read(isLong: ids.count > 64) { db, moment in
      let reader = try DocumentReader(
        db: db, tables: tables, dimension: includingVectors ? moment.record.space?.dimension : nil)
      let statement = try db.cachedStatement(sql: "SELECT key FROM \(tables.documents) WHERE id = ?")
      return try ids.compactMap { id in
        try Int64.fetchOne(statement, arguments: [id]).flatMap { try reader.record(key: $0) }
      }
    }
  }

  public func scroll(
    filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool
  ) async throws -> RecordPage {
    guard limit > 0 else {
      throw VectorStoreError(.invalidArgument, "a page must have room for at least one record, not \(limit)")
    }
    let tables = collection.tables
    return try await read(isLong: true) { db, moment in
      let reader = try DocumentReader(
        db: db, tables: tables, dimension: includingVectors ? moment.record.space?.dimension : nil)
      let rowFilter = filter.map { RowFilter($0) }
      let next = try db.cachedStatement(sql: "SELECT key FROM \(tables.documents) WHERE id > ? ORDER BY id")
      let matches = try rowFilter.map {
        try db.cachedStatement(sql: "SELECT \($0.columns.rawValue) FROM \(tables.documents) WHERE key = ?")
      }
      let keys = try Int64.fetchCursor(next, arguments: [cursor ?? ""])
      var records: [Record] = []
      while let key = try keys.next() {
        if let rowFilter, let matches, try matches.first(key: key, { try rowFilter.matches($0, at: 0) }) != true {
          continue
        }
        if records.count == limit { return RecordPage(records: records, cursor: records.last?.id) }
        if let record = try reader.record(key: key) { records.append(record) }
      }
      return RecordPage(records: records, cursor: nil)
    }
  }

  public func count(filter: Filter?) async throws -> Int {
    guard let filter else { return try await read { _, moment in moment.record.count } }
    let tables = collection.tables
    return try await read(isLong: true) { db, _ in
      let rowFilter = RowFilter(filter)
      let rows = try db.cachedStatement(sql: "SELECT \(rowFilter.columns.rawValue) FROM \(tables.documents)")
      var count = 0
      try rows.forEachRow { row in
        if try rowFilter.matches(row, at: 0) { count += 1 }
        return true
      }
      return count
    }
  }

  public func ledger(sources: [String]?) async throws -> [LedgerEntry] {
    let tables = collection.tables
    return try await read(isLong: true) { db, _ in
      let sql = "SELECT source, id, hash, text_hash FROM \(tables.ledger)"
      func entries(_ rows: RowCursor) throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        while let row = try rows.next() {
          entries.append(
            try LedgerEntry(source: row.text(0), id: row.text(1), hash: row.text(2), textHash: row.text(3)))
        }
        return entries
      }
      guard let sources else { return try entries(Row.fetchCursor(db, sql: "\(sql) ORDER BY source, id")) }
      let statement = try db.cachedStatement(sql: "\(sql) WHERE source = ? ORDER BY id")
      return try sources.flatMap { try entries(Row.fetchCursor(statement, arguments: [$0])) }
    }
  }

  // MARK: Writing

  public func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult {
    guard !batch.isEmpty else {
      try checkOpen(forWriting: true)
      return WriteResult()
    }
    if !batch.upserts.isEmpty, collection.moment.index == nil { try await bringIndexForWriting() }
    while true {
      do {
        let result = try await write { [collection, options] cancellation in
          try BatchWriting(
            collection: collection, threads: options.threads, cancellation: cancellation, progress: progress
          ).write(batch)
        }
        if !batch.upserts.isEmpty { collection.noteVectors() }
        // An index that turned out to be damaged after the commit has gone.
        collection.tendIndex()
        await saveIndexIfDue(atClose: false)
        return result
      } catch let damaged as DamagedIndex {
        try await collection.rejectIndex(damaged.loaded)
      }
    }
  }

  /// A write links its vectors where the index is in memory. An index that has to be built first is built beside it.
  private func bringIndexForWriting() async throws {
    guard collection.moment.record.configuration != nil, !collection.keeper.isAway else { return }
    try await collection.catchUp(loadingIndex: true)
  }

  private func saveIndexIfDue(atClose: Bool) async {
    guard atClose || collection.keeper.isSaveWorthALook else { return }
    do {
      let isDue = try await collection.file.longRead { [collection] _ in
        try IndexSaving(collection).isDue(atClose: atClose)
      }
      guard isDue else { return }
      try await collection.file.write { [collection] _ in try IndexSaving(collection).save() }
      collection.buildAsideIfWanted()
    } catch is CancellationError {
      // Whoever called it off does not wait for a cache.
    } catch {
      // The write itself is done and durable; the index file is a cache.
      collection.logger.warning("the index file could not be written: \(error)")
    }
  }

  // MARK: Closing

  public func close() async throws {
    let wasClosed = isClosed.withLock { value in
      defer { value = true }
      return value
    }
    guard !wasClosed else { return }
    // Processes that only read make no index: who wrote the vectors leaves it behind.
    if options.access != .readOnly, collection.hasNewVectors, collection.hasOneHandle { await collection.finishBuild() }
    if collection.release(forWriting: options.access != .readOnly) {
      await collection.stopBuild()
      await collection.compactor.stop()
      if options.access != .readOnly {
        await collection.compactor.compactIfMostlyDead(collection)
        await saveIndexIfDue(atClose: true)
      }
    }
    if StoreRegistry.release(collection.file) { await collection.file.close() }
  }

  func checkOpen(forWriting: Bool) throws {
    guard !isClosed.withLock({ $0 }) else { throw VectorStoreError(.unavailable, "the store has been closed") }
    guard !forWriting || options.access != .readOnly else {
      throw VectorStoreError(.readOnly, "the store was opened for reading only")
    }
  }

  func read<Result: Sendable>(
    needsIndex: Bool = false, isLong: Bool = false, _ body: @escaping @Sendable (Database, Moment) throws -> Result
  ) async throws -> Result {
    try checkOpen(forWriting: false)
    return try await collection.read(needsIndex: needsIndex, isLong: isLong, body)
  }

  func write<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    try checkOpen(forWriting: true)
    return try await collection.file.write(body)
  }
}
