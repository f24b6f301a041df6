// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Makes the changes of a batch.
struct ReferenceWriter {
  let flaws: Set<ReferenceFlaw>
  let key: (String) -> [UInt8]

  func write(_ batch: WriteBatch, to state: inout ReferenceState) throws -> WriteResult {
    var result = WriteResult()
    if !flaws.contains(.deletesLast) { delete(batch, from: &state, &result) }
    var seen: Set<[UInt8]> = []
    for record in batch.upserts {
      guard record.vector.count == state.space?.space.dimension, record.vector.allSatisfy({ $0.isFinite }) else {
        throw VectorStoreError(.dimensionMismatch, "a vector that does not fit", context: [.id: record.id])
      }
      let key = key(record.id)
      let isFirst = seen.insert(key).inserted
      if isFirst { if state.records[key] == nil { result.added += 1 } else { result.updated += 1 } }
      if isFirst || !flaws.contains(.firstOfIDWins) { state.records[key] = record }
    }
    if flaws.contains(.deletesLast) { delete(batch, from: &state, &result) }
    for change in batch.metadataChanges {
      guard var record = state.records[key(change.id)] else {
        result.missingIDs.append(change.id)
        continue
      }
      record.metadata = merged(record.metadata, change)
      state.records[key(change.id)] = record
      result.updated += 1
    }
    for entry in batch.ledger { state.ledger[key(entry.id)] = entry }
    return result
  }

  private func delete(_ batch: WriteBatch, from state: inout ReferenceState, _ result: inout WriteResult) {
    var keys = Set(batch.deletedIDs.map(key))
    if let filter = batch.deletedFilter {
      for (key, record) in state.records where filter.matches(record.document) { keys.insert(key) }
    }
    for key in keys {
      if state.records.removeValue(forKey: key) != nil { result.deleted += 1 }
      if !flaws.contains(.keepsLedger) { state.ledger[key] = nil }
    }
  }

  private func merged(_ metadata: JSONObject, _ change: WriteBatch.MetadataChange) -> JSONObject {
    guard change.merges else { return change.metadata }
    var result = metadata
    for (key, value) in change.metadata { result[key] = value.isNull && !flaws.contains(.storesNulls) ? nil : value }
    return result
  }
}
