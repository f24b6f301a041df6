// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// The columns of the declared fields: made from the rows when a filter first needs one, then kept in step by looking at the
/// slots that are new or were touched.
final class ColumnCache: Sendable {
  private let columns = Lock<[Field: Column]>([:])

  /// The column of a field; nil where none is in memory.
  func loaded(_ field: Field) -> Column? { columns.withLock { $0[field] } }

  /// The columns of fields at a moment.
  ///
  /// - Parameter fields: metadata fields, all of which are made at once.
  func columns(
    of fields: [Field], at moment: Moment, _ index: IndexMoment, db: Database, tables: CollectionTables
  ) throws -> [Field: Column] {
    // A dictionary of its own: the one under the lock is changed in place.
    var present: [Field: Column] = [:]
    columns.withLock { columns in for field in fields { present[field] = columns[field] } }
    var result: [Field: Column] = [:]
    var missing: [Field] = []
    var slots = StaleSlots.all
    for field in fields {
      guard let column = present[field], column.change <= moment.change else {
        missing.append(field)
        continue
      }
      if column.change == moment.change, column.numbers.count >= index.view.slotCount {
        result[field] = column
      } else {
        missing.append(field)
      }
    }
    guard !missing.isEmpty else { return result }
    // Columns that are behind by the same changes are brought forward together; any that is not there means all rows.
    let behind = missing.compactMap { present[$0] }.filter { $0.change < moment.change }
    if behind.count == missing.count, let first = behind.first,
      behind.allSatisfy({
        $0.change == first.change && $0.touchedEnd == first.touchedEnd && $0.numbers.count == first.numbers.count
      })
    {
      slots = StaleSlots(
        from: first.numbers.count, touchedEnd: first.touchedEnd, index: index, of: index.view.slotCount)
    }
    var made = missing.map { field in
      let old = present[field]
      let keepsNumbers = if case .some = slots { true } else { false }
      return Column(
        values: old?.values ?? ValueDictionary(field: field),
        numbers: keepsNumbers ? old?.numbers ?? [] : [], change: moment.change, touchedEnd: index.touched.end)
    }
    for place in made.indices {
      made[place].numbers += Array(repeating: 0, count: index.view.slotCount - made[place].numbers.count)
    }
    let scanner = MetadataScanner(keys: Self.topKeys(of: missing))
    var read: [Int] = []
    var values: [[JSONValue?]] = missing.map { _ in [] }
    try RowScan(db: db, tables: tables, view: index.view).forEach(slots, columns: .metadata) { slot, row in
      let metadata = try scanner.members(of: row.bytes(1))
      read.append(slot)
      for (place, field) in missing.enumerated() { values[place].append(field.value(in: metadata)) }
    }
    for place in made.indices {
      for (slot, number) in zip(read, made[place].values.numbers(of: values[place])) {
        made[place].numbers[slot] = number
      }
    }
    for (field, column) in zip(missing, made) { result[field] = column }
    let fresh = result
    columns.withLock { columns in
      for (field, column) in fresh where columns[field]?.change ?? -1 < column.change { columns[field] = column }
    }
    return result
  }

  static func topKeys(of fields: [Field]) -> [String] {
    var keys: [String] = []
    for key in fields.compactMap({ $0.metadataKeys?.first })
    where !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) {
      keys.append(key)
    }
    return keys
  }
}
