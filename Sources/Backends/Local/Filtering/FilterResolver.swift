// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Makes the engine's allow-list of a filter, at the moment of a transaction.
struct FilterResolver {
  let db: Database
  let tables: CollectionTables
  let moment: Moment
  let index: IndexMoment

  /// Where the answer came from.
  enum Source: String {
    /// It was there.
    case cache
    /// From the columns of declared fields.
    case columns
    /// From the rows.
    case rows
  }

  func resolve(_ filter: Filter) throws -> (allow: AllowList, source: Source) {
    let cache = index.loaded.filters
    let cached = cache[filter]
    if let cached, cached.change == moment.change { return (cached.allow, .cache) }
    let known = cached.flatMap { $0.change < moment.change ? $0 : nil }
    let slotCount = index.view.slotCount
    let stale =
      known.map { StaleSlots(from: $0.slotCount, touchedEnd: $0.touchedEnd, index: index, of: slotCount) } ?? .all
    var bitmap: [UInt64] = []
    if let known, case .some = stale { bitmap = known.bitmap }
    bitmap += Array(repeating: 0, count: (slotCount + 63) / 64 - bitmap.count)
    let source = try fill(&bitmap, stale, filter)
    let allow = try index.view.allowList(bitmap: bitmap)
    cache.keep(
      FilterCache.Entry(
        bitmap: bitmap, slotCount: slotCount, change: moment.change, touchedEnd: index.touched.end, allow: allow),
      of: filter)
    return (allow, source)
  }

  private func fill(_ bitmap: inout [UInt64], _ stale: StaleSlots, _ filter: Filter) throws -> Source {
    let declared = moment.record.declaredFields
    if filter.fields.allSatisfy({ declared.contains($0) && $0.metadataKeys != nil }) {
      let columns = try index.loaded.columns.columns(of: declared, at: moment, index, db: db, tables: tables)
      if let columnFilter = ColumnFilter(filter, columns: columns) {
        fill(&bitmap, stale, columnFilter)
        return .columns
      }
    }
    let rowFilter = RowFilter(filter)
    let scan = RowScan(db: db, tables: tables, view: index.view)
    try scan.forEach(stale, columns: rowFilter.columns) { slot, row in
      Self.set(slot, in: &bitmap, to: try rowFilter.matches(row, at: 1))
    }
    return .rows
  }

  private func fill(_ bitmap: inout [UInt64], _ stale: StaleSlots, _ filter: ColumnFilter) {
    let slotCount = index.view.slotCount
    switch stale {
    case .all:
      for word in bitmap.indices { bitmap[word] = filter.matches(word: word, slotCount: slotCount) }
    case .some(let touched, let from):
      for slot in touched { Self.set(slot, in: &bitmap, to: filter.matches(slot: slot)) }
      for word in (from / 64)..<bitmap.count { bitmap[word] = filter.matches(word: word, slotCount: slotCount) }
    }
  }

  private static func set(_ slot: Int, in bitmap: inout [UInt64], to value: Bool) {
    let bit: UInt64 = 1 << UInt64(slot % 64)
    if value { bitmap[slot / 64] |= bit } else { bitmap[slot / 64] &= ~bit }
  }
}
