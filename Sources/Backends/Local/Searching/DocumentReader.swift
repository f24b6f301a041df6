// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

/// Reads documents by key.
struct DocumentReader {
  private let document: Statement
  /// Nil where vectors are not wanted.
  private let vector: Statement?
  private let dimension: Int

  /// - Parameter dimension: the dimension of the vectors; nil where they are not wanted.
  init(db: Database, tables: CollectionTables, dimension: Int?) throws {
    document = try db.cachedStatement(sql: tables.selectDocument)
    vector = try dimension.map { _ in try db.cachedStatement(sql: tables.selectVector) }
    self.dimension = dimension ?? 0
  }

  /// The record of a key; nil where it is not there.
  func record(key: Int64) throws -> Record? {
    guard
      var record = try document.first(
        key: key,
        { row in
          let id = try row.text(0)
          let metadata = try StoredMetadata.object(parsing: Array(row.bytes(1)), id: id)
          return Record(id: id, content: try row.text(2), metadata: metadata)
        })
    else { return nil }
    record.vector = try vector?.first(key: key) { try VectorBlob.vector($0.bytes(0), dimension: dimension) } ?? []
    return record
  }
}
