// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// The nearest vectors by comparing all that match, straight from the database: for collections without an index, and while
/// one is being built.
struct ExactScan {
  let db: Database
  let tables: CollectionTables
  let space: EmbeddingSpace
  /// Vectors compared at a time.
  private static let block = 4_096

  func nearest(_ request: CandidateRequest.Nearest, filter: Filter?) throws -> (neighbors: [Neighbor], compared: Int) {
    let rowFilter = filter.map { RowFilter($0) }
    let columns = rowFilter?.columns ?? .metadata
    let statement = try db.cachedStatement(
      sql: rowFilter == nil
        ? "SELECT key, embedding FROM \(tables.vectors) ORDER BY key"
        : """
        SELECT v.key, v.embedding, \(columns.rawValue) FROM \(tables.documents) d JOIN \(tables.vectors) v USING (key)
        ORDER BY d.key
        """)
    var best: [Neighbor] = []
    var compared = 0
    var labels: [UInt64] = []
    var vectors: [Float] = []
    func flush() throws {
      guard !labels.isEmpty else { return }
      var rows = try ExactIndex<[Float]>(dimension: space.dimension, metric: space.metric)
      try rows.add(labels: labels, vectors: vectors)
      compared += labels.count
      best += try rows.search(request.vector, k: request.count, distanceLimit: request.distanceLimit)
      best.sort()
      best.removeLast(max(0, best.count - request.count))
      labels.removeAll(keepingCapacity: true)
      vectors.removeAll(keepingCapacity: true)
    }
    // An empty collection refuses what a full one does.
    _ = try ExactIndex<[Float]>(dimension: space.dimension, metric: space.metric).search(
      request.vector, k: request.count)
    try statement.forEachRow { row in
      if let rowFilter, try !rowFilter.matches(row, at: 2) { return true }
      labels.append(UInt64(bitPattern: try row.integer(0)))
      try VectorBlob.append(row.bytes(1), dimension: space.dimension, to: &vectors)
      if labels.count == Self.block { try flush() }
      return true
    }
    try flush()
    return (best, compared)
  }
}
