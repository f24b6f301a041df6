// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Brings an index from one change to a later one, by the log of changes.
struct ChangeReplay {
  let tables: CollectionTables
  let threads: Int
  /// Vectors linked in one call.
  private static let batch = 4_096

  /// How many entries the log has after a change, of all kinds.
  func logged(_ db: Database, after change: Int64) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(tables.changes) WHERE change > ?", arguments: [change]) ?? 0
  }

  /// How many vectors were added after a change.
  func pending(_ db: Database, after change: Int64) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM \(tables.changes) WHERE change > ? AND kind = 0", arguments: [change]) ?? 0
  }

  /// Applies what came after `change`, up to `last`, where the transaction is.
  func apply(
    _ db: Database, to index: HNSWIndex, touched: inout TouchedSlots, after change: Int64, upTo last: Int64,
    progress: ((Int) throws -> Void)? = nil
  ) throws {
    guard last > change else { return }
    try remove(db, from: index, after: change)
    let statement = try db.cachedStatement(
      sql: """
        SELECT key, embedding FROM \(tables.vectors)
        WHERE key IN (SELECT key FROM \(tables.changes) WHERE change > ? AND kind = 0) ORDER BY key
        """)
    try link(statement, change, into: index, progress: progress)
    try touch(db, in: index, &touched, after: change)
    try index.remove(labels: [], changeNumber: IndexClock.number(ofChange: last))
  }

  /// Links vectors, in batches; `statement` gives key and embedding, and takes one number where it takes an argument.
  func link(_ statement: Statement, _ argument: Int64? = nil, into index: HNSWIndex, progress: ((Int) throws -> Void)?)
    throws
  {
    var labels: [UInt64] = []
    var vectors: [Float] = []
    var done = 0
    func flush() throws {
      try index.upsert(labels: labels, vectors: vectors, threads: threads)
      done += labels.count
      try progress?(done)
      labels.removeAll(keepingCapacity: true)
      vectors.removeAll(keepingCapacity: true)
    }
    try statement.forEachRow(argument) { row in
      labels.append(UInt64(bitPattern: try row.integer(0)))
      try VectorBlob.append(row.bytes(1), dimension: index.configuration.dimension, to: &vectors)
      if labels.count == Self.batch { try flush() }
      return true
    }
    if !labels.isEmpty { try flush() }
  }

  private func remove(_ db: Database, from index: HNSWIndex, after change: Int64) throws {
    let keys = try Int64.fetchAll(
      db, sql: "SELECT key FROM \(tables.changes) WHERE change > ? AND kind = 1", arguments: [change])
    if !keys.isEmpty { try index.remove(labels: keys.map { UInt64(bitPattern: $0) }) }
  }

  private func touch(_ db: Database, in index: HNSWIndex, _ touched: inout TouchedSlots, after change: Int64) throws {
    let cursor = try Int64.fetchCursor(
      db, sql: "SELECT key FROM \(tables.changes) WHERE change > ? AND kind = 2", arguments: [change])
    while let key = try cursor.next() {
      if let slot = try index.slot(label: UInt64(bitPattern: key)) { touched.append(slot) }
    }
  }
}
