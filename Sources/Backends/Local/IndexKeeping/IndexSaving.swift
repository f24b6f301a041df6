// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW

/// Writes the index file: when much has changed since it was written, after a build and by a compaction.
///
/// The database first learns the fingerprint of the new file, then the file gets its name, then the log of changes is cut. A
/// crash between any two of these leaves a file that the database knows.
struct IndexSaving {
  private let collection: Collection

  init(_ collection: Collection) { self.collection = collection }

  /// Whether the file lacks so much that it is written again: more than 20,000 changes of a document, and a tenth of all.
  ///
  /// - Parameter atClose: a smaller tail is enough when the last who wrote closes the store: one that the next to open it
  ///   would not link while it waits. So is a compaction since, which would have to be made again.
  func isDue(atClose: Bool) throws -> Bool {
    guard !collection.file.isTemporary, let index = collection.moment.index else { return false }
    let record = collection.moment.record
    let replay = ChangeReplay(tables: collection.tables, threads: 1)
    return try collection.file.readers.read { db in
      guard index.view.count > 0 else { return false }
      if atClose, collection.keeper.isCompacted { return true }
      let logged = try replay.logged(db, after: record.indexChange)
      guard logged > 0 else { return false }
      if logged > max(20_000, record.count / 10) { return true }
      return try atClose && !IndexKeeper.isShort(replay.pending(db, after: record.indexChange), of: record.count)
    }
  }

  /// Runs `body`, which reads all of the index; where it comes upon damage in the file it was opened from, the index is dropped.
  func isSound(_ body: () throws(VectorIndexError) -> Void) throws -> Bool {
    do {
      try body()
      return true
    } catch {
      guard error.code == .corruptFile else { throw error }
      collection.dropIndex()
      return false
    }
  }

  /// Saves the index of the present moment; inside of ``StoreFile/write(_:)`` only, when it has all of the database.
  func save() throws {
    let (file, keeper) = (collection.file, collection.keeper)
    guard !file.isTemporary, let loaded = collection.moment.index?.loaded else { return }
    // Another process may have written since.
    let moment = try file.readers.read { db in
      try keeper.next(after: collection.moment, db: db, tables: collection.tables, loading: false)
    }
    collection.publish(moment)
    guard let current = moment.index, current.loaded === loaded else { return }
    let fresh = keeper.path + ".new"
    // What a process left that was killed while it saved.
    FileStatus.removeAll(from: fresh, to: ".tmp")
    guard try isSound({ () throws(VectorIndexError) in try current.loaded.index.save(to: fresh) }) else { return }
    guard let fingerprint = IndexFingerprint.of(fresh).map({ DatabaseValue(bytes: $0) }) else { return }
    let (id, change) = (collection.id, moment.change)
    try file.transaction { db in
      try db.execute(
        sql: "UPDATE collections SET pending_file = ?, pending_change = ? WHERE id = ?",
        arguments: [fingerprint, change, id])
    }
    guard FileStatus.rename(fresh, to: keeper.path) else {
      FileStatus.remove(fresh)
      return
    }
    FileStatus.flushFolder(of: keeper.path)
    keeper.acceptFile()
    let record = try file.transaction { db in
      try db.execute(
        sql: """
          UPDATE collections SET index_file = ?, index_change = ?, pending_file = NULL, pending_change = NULL,
          revision = revision + 1 WHERE id = ?
          """, arguments: [fingerprint, change, id])
      try db.execute(sql: "DELETE FROM \(collection.tables.changes) WHERE change <= ?", arguments: [change])
      return try CollectionRecord.fetch(db, id: id)
    }
    collection.publish(Moment(record: record, index: current))
  }
}
