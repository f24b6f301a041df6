// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Gives back what was deleted and replaced: the index without dead slots, the keyword index merged, the database rewritten,
/// the write-ahead log emptied.
struct Compaction {
  let collection: Collection
  let threads: Int
  let cancellation: Cancellation

  func run(progress: StoreProgress.Handler?) throws -> CompactionReport {
    let file = collection.file
    let before = bytes
    try compactIndex(progress)
    try cancellation.check()
    try file.writingConnection().writeWithoutTransaction { db in
      if collection.moment.record.hasKeywords {
        let keywords = collection.tables.keywords
        try db.execute(sql: "INSERT INTO \(keywords) (\(keywords)) VALUES ('optimize')")
      }
      try db.execute(sql: "VACUUM")
      // Readers of an older moment keep the log from being emptied; it is then when they are done.
      _ = try? db.checkpoint(.truncate)
    }
    return CompactionReport(bytesBefore: before, bytesAfter: bytes)
  }

  private var bytes: Int {
    let paths = collection.file.paths
    return [paths.database, paths.writeAheadLog, collection.keeper.path].map(FileStatus.size).reduce(0, +)
  }

  private func compactIndex(_ progress: StoreProgress.Handler?) throws {
    let (file, keeper, tables) = (collection.file, collection.keeper, collection.tables)
    let moment = try file.readers.read { db in
      try keeper.next(after: collection.moment, db: db, tables: tables, loading: false)
    }
    collection.publish(moment)
    guard let current = moment.index else { return }
    let index = current.loaded.index
    if current.view.slotCount > current.view.count {
      try index.compact(threads: threads) { done, total in
        progress?(StoreProgress(phase: .indexing, done: done, total: total))
      }
      collection.publish(Moment(record: moment.record, index: IndexMoment(index)))
    }
    try IndexSaving(collection).save()
  }
}
