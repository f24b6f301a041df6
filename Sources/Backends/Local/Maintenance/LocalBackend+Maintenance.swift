// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
public import VectorStoreCore

extension LocalBackend {
  public func statistics() async throws -> StoreStatistics {
    let collection = collection
    let status = try await indexStatus()
    return try await read(isLong: true) { db, moment in
      let paths = collection.file.paths
      var details = JSONObject()
      details["path"] = .string(collection.file.isTemporary ? "memory:" : paths.database)
      details["table"] = .string(moment.record.name)
      details["collections"] = .array(
        try String.fetchAll(db, sql: "SELECT name FROM collections ORDER BY name").map { .string($0) })
      details["change"] = .integer(moment.change)
      details["keywords"] = .bool(moment.record.hasKeywords)
      details["sqlite"] = .string(try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "")
      details["database_bytes"] = .integer(Int64(FileStatus.size(paths.database)))
      details["log_bytes"] = .integer(Int64(FileStatus.size(paths.writeAheadLog)))
      details["index_bytes"] = .integer(Int64(FileStatus.size(collection.keeper.path)))
      var fields: [JSONValue] = []
      for field in moment.record.declaredFields {
        let column = moment.index?.loaded.columns.loaded(field)
        var entry: JSONObject = ["field": .string(field.description)]
        if let column { entry["values"] = .integer(Int64(column.values.count - 1)) }
        fields.append(.object(entry))
      }
      details["declared_fields"] = .array(fields)
      return StoreStatistics(
        count: moment.record.count, space: moment.record.space, embedderName: moment.record.embedderName,
        bytes: FileStatus.size(paths.database) + FileStatus.size(paths.writeAheadLog)
          + FileStatus.size(collection.keeper.path),
        index: status, details: details)
    }
  }

  public func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport {
    let collection = collection
    return try await read(needsIndex: true, isLong: true) { db, moment in
      try Verification(collection: collection, moment: moment, db: db).run(progress: progress)
    }
  }

  public func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport {
    try await collection.catchUpWaitingForIndex()
    await collection.compactor.stop()
    let report = try await write { [collection, options] cancellation in
      try Compaction(collection: collection, threads: options.threads, cancellation: cancellation).run(
        progress: progress)
    }
    collection.buildAsideIfWanted()
    return report
  }

  public func backup(to path: String, progress: StoreProgress.Handler?) async throws {
    try checkOpen(forWriting: false)
    let file = collection.file
    try await file.longRead { cancellation in
      try Backup(source: file, path: path, cancellation: cancellation).run(progress: progress)
    }
  }
}
