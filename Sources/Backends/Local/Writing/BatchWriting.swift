// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import Logging
import VectorStoreCore

/// One write: the rows and the index together, one change after the present one.
///
/// New vectors are linked before the transaction commits and old ones are taken out after it, so that a commit that fails
/// leaves an index without the new, and one that succeeds is followed by steps that cannot fail.
struct BatchWriting {
  let collection: Collection
  let threads: Int
  let cancellation: Cancellation
  let progress: StoreProgress.Handler?
  /// Rows between two looks at whether the task was cancelled.
  private static let step = 256

  func write(_ batch: WriteBatch) throws -> WriteResult {
    let (file, keeper, tables) = (collection.file, collection.keeper, collection.tables)
    var before = collection.moment
    var linked: [UInt64] = []
    let committed: (writer: RowWriter, record: CollectionRecord)
    do {
      committed = try file.transaction { db in
        before = try keeper.next(after: before, db: db, tables: tables, loading: false)
        try BatchChecker(space: before.record.space).check(batch)
        var writer = RowWriter(
          db: db, tables: tables, hasKeywords: before.record.hasKeywords, change: before.record.change + 1,
          isLogged: before.record.index.kind == .hnsw, collectsVectors: before.index != nil)
        try writeRows(batch, &writer)
        if let index = before.index, !writer.addedKeys.isEmpty {
          linked = writer.addedKeys.map { UInt64(bitPattern: $0) }
          try link(linked, writer.addedVectors, into: index)
        }
        try cancellation.check()
        return (writer, try CollectionRecord.fetch(db, id: collection.id))
      }
    } catch {
      // What was linked is in no row. The moment before was replayed up to the database, which stands.
      if let index = before.index, !linked.isEmpty { _ = try? index.loaded.index.remove(labels: linked) }
      collection.publish(before)
      throw error
    }
    settle(before, committed.writer, committed.record)
    keeper.noteRows(
      committed.writer.addedKeys.count + committed.writer.removedKeys.count + committed.writer.touchedKeys.count)
    return committed.writer.result
  }

  private func link(_ labels: [UInt64], _ vectors: [Float], into index: IndexMoment) throws {
    do {
      try index.loaded.index.upsert(labels: labels, vectors: vectors, threads: threads) { done, total in
        progress?(StoreProgress(phase: .indexing, done: done, total: total))
      }
    } catch  where error.code == .corruptFile {
      throw DamagedIndex(loaded: index.loaded)
    }
  }

  private func writeRows(_ batch: WriteBatch, _ writer: inout RowWriter) throws {
    try writer.delete(ids: batch.deletedIDs)
    if let filter = batch.deletedFilter { try writer.delete(matching: filter) }
    let total = batch.upserts.count
    for (row, record) in batch.upserts.enumerated() {
      if row % Self.step == 0 {
        try cancellation.check()
        if total > Self.step { progress?(StoreProgress(phase: .writing, done: row, total: total)) }
      }
      try writer.upsert(record)
    }
    for change in batch.metadataChanges { try writer.change(change) }
    for entry in batch.ledger { try writer.note(entry) }
    try writer.finish()
    if total > 0 { progress?(StoreProgress(phase: .writing, done: total, total: total)) }
  }

  /// Publishes the moment after the write. What it replaced and deleted goes out of the index, which then has all of the
  /// change; an index that turns out to be damaged goes itself, since the rows are written.
  private func settle(_ before: Moment, _ writer: RowWriter, _ record: CollectionRecord) {
    var after: IndexMoment?
    if let current = before.index {
      let index = current.loaded.index
      do {
        var touched = current.touched
        for key in writer.touchedKeys {
          if let slot = try index.slot(label: UInt64(bitPattern: key)) { touched.append(slot) }
        }
        try index.remove(
          labels: writer.removedKeys.map { UInt64(bitPattern: $0) },
          changeNumber: IndexClock.number(ofChange: record.change))
        after = IndexMoment(loaded: current.loaded, view: index.view(), touched: touched)
      } catch {
        collection.logger.warning("the index is damaged and will be built anew: \(error)")
        collection.keeper.rejectFile()
      }
    }
    collection.publish(Moment(record: record, index: after))
  }
}
