// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// What a collection should hold, in a dictionary.
struct StoreModel {
  /// Ids are plain ASCII here, so that Swift's equality is that of bytes.
  private(set) var records: [String: Record] = [:]
  let metric: Metric

  init(metric: Metric) { self.metric = metric }

  mutating func apply(_ batch: WriteBatch) {
    for id in batch.deletedIDs { records[id] = nil }
    if let filter = batch.deletedFilter { records = records.filter { !filter.matches($0.value.document) } }
    for record in batch.upserts { records[record.id] = record }
    for change in batch.metadataChanges {
      guard var metadata = records[change.id]?.metadata else { continue }
      if change.merges {
        for (key, value) in change.metadata { metadata[key] = value.isNull ? nil : value }
      } else {
        metadata = change.metadata
      }
      records[change.id]?.metadata = metadata
    }
  }

  func matching(_ filter: Filter?) -> Set<String> {
    Set(records.values.filter { filter?.matches($0.document) ?? true }.map(\.id))
  }

  /// The distances of the k nearest, nearest first.
  func nearestDistances(_ query: [Float], k: Int, filter: Filter?) throws -> [Float] {
    let all = try records.values.filter { filter?.matches($0.document) ?? true }
      .map { try Distance.distance(query, $0.vector, metric: metric) }
    return Array(all.filter { !$0.isNaN }.sorted().prefix(k))
  }
}
