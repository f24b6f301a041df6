// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
public import VectorStoreCore

extension LocalBackend {
  public func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws {
    let specification = try CollectionRecord.checked(specification)
    try await setIndex(specification, progress: progress)
  }

  public func dropIndex() async throws { try await setIndex(IndexSpecification(.exact), progress: nil) }

  public func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws {
    try await setIndex(nil, progress: progress)
  }

  /// Makes the index anew, from the rows, and its file. Searches go on with the old one meanwhile, writes wait.
  ///
  /// - Parameter specification: nil keeps the present one.
  private func setIndex(_ specification: IndexSpecification?, progress: StoreProgress.Handler?) async throws {
    await collection.compactor.stop()
    try await write { [collection] cancellation in
      let (file, keeper, tables) = (collection.file, collection.keeper, collection.tables)
      var record = try file.readers.read { db in try CollectionRecord.fetch(db, id: collection.id) }
      if let specification { record.index = specification }
      var index: HNSWIndex?
      if let configuration = record.configuration {
        index = try file.readers.read { db in
          try keeper.build(db, record, configuration, tables: tables) { done in
            try cancellation.check()
            progress?(StoreProgress(phase: .indexing, done: done, total: record.count))
          }
        }
      }
      let changed = try file.transaction { db in
        try record.update(db)
        // The old file is of no use from here on; a file of the new index gets its name below.
        try db.execute(
          sql: """
            UPDATE collections SET index_file = NULL, pending_file = NULL, index_change = change_number,
            pending_change = NULL WHERE id = ?
            """, arguments: [record.id])
        try db.execute(sql: "DELETE FROM \(tables.changes)")
        return try CollectionRecord.fetch(db, id: record.id)
      }
      keeper.forget()
      collection.publish(Moment(record: changed, index: index.map { IndexMoment($0) }))
      if index != nil { try IndexSaving(collection).save() } else { FileStatus.remove(keeper.path) }
    }
  }

  public func indexStatus() async throws -> IndexStatus {
    let collection = collection
    return try await read { db, moment in
      try LocalIndexReport(collection: collection, moment: moment, db: db).status()
    }
  }
}

/// Tells what the vector index is.
struct LocalIndexReport {
  let collection: Collection
  let moment: Moment
  let db: Database

  func status() throws -> IndexStatus {
    var specification = moment.record.index
    guard specification.kind == .hnsw else { return IndexStatus(state: .none, specification: specification) }
    specification.m = specification.m ?? 16
    specification.efConstruction = specification.efConstruction ?? 64
    let pending = try ChangeReplay(tables: collection.tables, threads: 1).pending(
      db, after: moment.record.indexChange)
    let keeper = collection.keeper
    var details = ["file": keeper.path, "vectors not in the file": String(pending)]
    if let failure = keeper.failure { details["failure"] = failure.message }
    if let index = moment.index {
      let statistics = try index.loaded.index.statistics()
      details["levels"] = String(statistics.levels.count)
      details["links of a vector"] = String(statistics.meanDegree)
      details["dead slots"] = String(statistics.deadSlots)
    }
    if collection.compactor.isRunning { details["compaction"] = "under way" }
    let compactions = collection.compactor.history
    if let last = compactions.last {
      details["compactions"] = String(compactions.count)
      details["last compaction"] =
        "\(last.slots) slots given back in \(last.duration), \(last.end.duration(to: .now).components.seconds) s ago"
    }
    let isAway = keeper.isAway || moment.index == nil && keeper.hasToBeBuilt(moment.record, pending: pending)
    let state: IndexStatus.State = keeper.failure != nil ? .invalid : isAway ? .building : .ready
    return IndexStatus(
      state: state, specification: specification, count: moment.index?.view.count ?? moment.record.count,
      bytes: collection.file.isTemporary ? nil : FileStatus.size(keeper.path), details: details)
  }
}
