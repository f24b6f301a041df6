// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Makes hits of a backend's candidates.
struct CandidateHits {
  let query: ResolvedQuery
  let space: EmbeddingSpace?
  let score: RelevanceScore?
  let thresholds: Thresholds

  /// The hits by vector that keep to the thresholds, nearest first.
  func nearest(_ candidates: [CandidateSet.Candidate], limit: Int) -> [SearchHit] {
    var hits: [SearchHit] = []
    hits.reserveCapacity(min(limit, candidates.count))
    for candidate in candidates {
      if hits.count == limit { break }
      if isExcluded(candidate.record.id) { continue }
      let hit = hit(candidate.record, distance: Float(candidate.value))
      if thresholds.hold(for: hit) { hits.append(hit) }
    }
    return hits
  }

  /// The hits by keywords that keep to the thresholds, best first, with their keyword scores.
  ///
  /// - Parameter nearest: the hits by vector, whose distances are known.
  func keywords(
    _ candidates: [CandidateSet.Candidate], nearest: [SearchHit], limit: Int
  ) throws -> [(hit: SearchHit, score: Double)] {
    let known = Dictionary(nearest.map { (ByteKey($0.id), $0) }) { first, _ in first }
    var hits: [(hit: SearchHit, score: Double)] = []
    for candidate in candidates where !isExcluded(candidate.record.id) {
      if hits.count == limit { break }
      let record = candidate.record
      let hit = try known[ByteKey(record.id)] ?? hit(record, distance: distance(of: record))
      if thresholds.hold(for: hit) { hits.append((hit, candidate.value)) }
    }
    return hits
  }

  private func isExcluded(_ id: String) -> Bool {
    guard let excluded = query.excludedID else { return false }
    return ByteOrder.equal(id, excluded)
  }

  private func hit(_ record: Record, distance: Float?) -> SearchHit {
    SearchHit(
      id: record.id, document: record.document, distance: distance,
      relevance: distance.flatMap { distance in score?.relevance(distance: distance) }, vector: record.vector)
  }

  /// The distance from the query; nil where there is none.
  private func distance(of record: Record) throws -> Float? {
    guard let space else { return nil }
    do {
      let distance =
        space.metric.isBinary
        ? try Distance.distance(
          BitVector(query.vector.map { $0 > 0 }), BitVector(record.vector.map { $0 > 0 }), metric: space.metric)
        : try Distance.distance(query.vector, record.vector, metric: space.metric)
      return distance.isNaN ? nil : distance
    } catch {
      throw VectorStoreError(.dimensionMismatch, error.message, context: [.id: record.id])
    }
  }
}
