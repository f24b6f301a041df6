// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// One ranking of both, as many as are needed.
  static func fuse(
    _ nearest: [SearchHit], _ keywords: [CandidateSet.Candidate], _ maker: CandidateHits,
    _ hybrid: SearchRequest.Hybrid, _ request: SearchRequest, _ trace: inout SearchTrace
  ) throws -> [SearchHit] {
    let byKeywords = try maker.keywords(keywords, nearest: nearest, limit: request.candidateCount)
    let lists = [
      RankedList(
        nearest.map { ScoredID(id: $0.id, score: Double($0.distance ?? .nan)) }, order: .smallerIsBetter),
      RankedList(byKeywords.map { ScoredID(id: $0.hit.id, score: $0.score) }, order: .largerIsBetter),
    ]
    let hits = Dictionary((nearest + byKeywords.map { $0.hit }).map { (ByteKey($0.id), $0) }) { first, _ in first }
    let fused = try hybrid.fusion.fuse(lists, limit: request.poolCount).compactMap { scored in
      var hit = hits[ByteKey(scored.id)]
      hit?.score = scored.score
      return hit
    }
    trace.lap("fusion_ms")
    trace.note(
      "fusion",
      [
        "method": .string(hybrid.fusion.name), "nearest": .integer(Int64(nearest.count)),
        "keywords": .integer(Int64(byKeywords.count)), "fused": .integer(Int64(fused.count)),
      ])
    return fused
  }

  /// The hits in the reranker's order; it may leave some out and set scores, no more.
  static func rerank(
    _ hits: [SearchHit], by reranker: any Reranker, _ text: String?, _ trace: inout SearchTrace
  ) async throws -> [SearchHit] {
    guard !hits.isEmpty else { return hits }
    let given = Dictionary(hits.map { (ByteKey($0.id), $0) }) { first, _ in first }
    var seen: Set<ByteKey> = []
    var reranked: [SearchHit] = []
    for answer in try await reranker.rerank(query: text, hits: hits) {
      guard var hit = given[ByteKey(answer.id)] else {
        throw VectorStoreError(
          .invalidArgument, "the reranker returned a hit that it was not given", context: [.id: answer.id])
      }
      guard seen.insert(ByteKey(answer.id)).inserted else { continue }
      hit.score = answer.score
      reranked.append(hit)
    }
    trace.lap("rerank_ms")
    trace.note("rerank", ["given": .integer(Int64(hits.count)), "returned": .integer(Int64(reranked.count))])
    return reranked
  }

  /// The hits that MMR picks of the first, in the order of picking.
  static func diversify(
    _ hits: [SearchHit], _ diversity: MaximalMarginalRelevance, _ query: ResolvedQuery, _ request: SearchRequest,
    _ trace: inout SearchTrace
  ) throws -> [SearchHit] {
    let candidates = hits.prefix(request.pickCount)
    let picks = try diversity.select(query: query.vector, candidates: candidates.map { $0.vector }, k: request.k)
    trace.lap("mmr_ms")
    trace.note(
      "mmr", ["candidates": .integer(Int64(candidates.count)), "lambda": .double(diversity.lambda)])
    return picks.map { hits[$0] }
  }
}

extension Fusion {
  /// A name for people.
  fileprivate var name: String {
    switch self {
    case .reciprocalRank: "reciprocal rank"
    case .weighted: "weighted sum"
    }
  }
}
