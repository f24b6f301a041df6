// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

/// Reads documents by key.
struct DocumentReader {
  let db: Database
  let tables: CollectionTables
  /// The dimension of the vectors; nil where they are not wanted.
  let dimension: Int?

  /// The record of a key; nil where it is not there.
  func record(key: Int64) throws -> Record? {
    let statement = try db.cachedStatement(sql: tables.selectDocument)
    return try statement.first([key]) { row in try record(row, key: key) }
  }

  /// The record of a row of id, metadata and content.
  func record(_ row: Row, key: Int64) throws -> Record {
    let id = try row.text(0)
    return Record(
      id: id, content: try row.text(2),
      metadata: try row.withBytes(1) { try StoredMetadata.object(parsing: Array($0), id: id) },
      vector: try dimension.map { try vector(key, $0) } ?? [])
  }

  private func vector(_ key: Int64, _ dimension: Int) throws -> [Float] {
    let statement = try db.cachedStatement(sql: tables.selectVector)
    return try statement.first([key]) { row in try VectorBlob.vector(row, column: 0, dimension: dimension) } ?? []
  }
}
