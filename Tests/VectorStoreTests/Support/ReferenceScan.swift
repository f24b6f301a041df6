// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// Looks at every record.
struct ReferenceScan {
  let request: CandidateRequest
  let flaws: Set<ReferenceFlaw>

  static func matches(_ filter: Filter?, _ record: Record, _ flaws: Set<ReferenceFlaw>) -> Bool {
    guard let filter else { return true }
    if flaws.contains(.unknownIsFalse), case .not(let inner) = filter { return !inner.matches(record.document) }
    return filter.matches(record.document)
  }

  func nearest(_ state: ReferenceState) throws -> [CandidateSet.Candidate] {
    guard let nearest = request.nearest, let space = state.space?.space else { return [] }
    guard nearest.vector.count == space.dimension else {
      throw VectorStoreError(.dimensionMismatch, "expected \(space.dimension) dimensions")
    }
    if space.metric == .cosine, nearest.vector.allSatisfy({ $0 == 0 }), !flaws.contains(.takesZeroQueries) {
      throw VectorStoreError(.zeroNormQuery, "the query has norm zero")
    }
    var found: [CandidateSet.Candidate] = []
    for record in state.records.values {
      var distance = try Distance.distance(nearest.vector, record.vector, metric: space.metric)
      if distance.isNaN, flaws.contains(.findsZeroVectors) { distance = 1 }
      if distance.isNaN { continue }
      if let limit = nearest.distanceLimit, distance > limit, !flaws.contains(.ignoresLimits) { continue }
      if !flaws.contains(.filtersAfterwards), !Self.matches(request.filter, record, flaws) { continue }
      found.append(candidate(record, Double(distance)))
    }
    found.sort { $0.value == $1.value ? Self.precedes($0, $1) : $0.value < $1.value }
    return found.prefix(nearest.count).filter { Self.matches(request.filter, $0.record, flaws) }
  }

  func keywords(_ state: ReferenceState) throws -> [CandidateSet.Candidate] {
    guard let keywords = request.keywords else { return [] }
    guard state.hasKeywords else { throw VectorStoreError(.unsupported, "there are no keywords here") }
    let query = ReferenceWords(flaws: flaws).query(keywords.text)
    var found: [CandidateSet.Candidate] = []
    for record in state.records.values where Self.matches(request.filter, record, flaws) {
      if let score = query.score(record.content) { found.append(candidate(record, score)) }
    }
    found.sort { $0.value == $1.value ? Self.precedes($0, $1) : $0.value > $1.value }
    return Array(found.prefix(flaws.contains(.losesKeywordCount) ? keywords.count + 1 : keywords.count))
  }

  private static func precedes(_ a: CandidateSet.Candidate, _ b: CandidateSet.Candidate) -> Bool {
    a.record.id.utf8.lexicographicallyPrecedes(b.record.id.utf8)
  }

  private func candidate(_ record: Record, _ value: Double) -> CandidateSet.Candidate {
    var record = record
    if !request.includesVectors { record.vector = [] }
    return .init(record: record, value: value)
  }
}
