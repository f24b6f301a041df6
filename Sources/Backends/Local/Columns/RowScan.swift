// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Reads the documents' rows for the slots of an index.
struct RowScan {
  let db: Database
  let tables: CollectionTables
  let view: IndexView

  /// What is read, after the key.
  enum Columns: String {
    case metadata = "metadata"
    case all = "metadata, id, content"
  }

  /// Calls `body` with each living slot and its row: the key, then the columns.
  func forEach(_ slots: StaleSlots, columns: Columns, _ body: (_ slot: Int, _ row: StatementRow) throws -> Void) throws
  {
    switch slots {
    case .all: try forAll(columns, body)
    case .some(let touched, let from):
      let statement = try db.cachedStatement(
        sql: "SELECT key, \(columns.rawValue) FROM \(tables.documents) WHERE key = ?")
      func look(_ slot: Int) throws {
        guard let label = try view.label(slot: slot) else { return }
        _ = try statement.first(key: Int64(bitPattern: label)) { row in try body(slot, row) }
      }
      for slot in touched { try look(slot) }
      for slot in from..<view.slotCount { try look(slot) }
    }
  }

  /// One pass over the table, in the order of the keys, beside the slots in the same order.
  private func forAll(_ columns: Columns, _ body: (Int, StatementRow) throws -> Void) throws {
    let places = try slotsByKey()
    var place = 0
    let statement = try db.cachedStatement(
      sql: "SELECT key, \(columns.rawValue) FROM \(tables.documents) ORDER BY key")
    try statement.forEachRow { row in
      let key = try row.integer(0)
      while place < places.count, places[place].key < key { place += 1 }
      if place < places.count, places[place].key == key { try body(places[place].slot, row) }
      return true
    }
  }

  private func slotsByKey() throws -> [(key: Int64, slot: Int)] {
    var places: [(key: Int64, slot: Int)] = []
    places.reserveCapacity(view.count)
    var isSorted = true
    for slot in 0..<view.slotCount {
      guard let label = try view.label(slot: slot) else { continue }
      let key = Int64(bitPattern: label)
      if let last = places.last, last.key > key { isSorted = false }
      places.append((key, slot))
    }
    if !isSorted { places.sort { $0.key < $1.key } }
    return places
  }
}
