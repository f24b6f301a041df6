// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// The query with its vector.
  func resolve(_ query: SearchRequest.Query) async throws -> ResolvedQuery {
    switch query {
    case .vector(let vector): return ResolvedQuery(vector: vector)
    case .text(let text):
      let embedder = try requiredEmbedder(for: "a search by text")
      _ = try await recordedSpace()
      return ResolvedQuery(vector: try await embedder.embed(query: text), text: text)
    case .like(let id):
      guard let record = try await backend.get(ids: [id], includingVectors: true).first else {
        throw VectorStoreError(.notFound, "there is no document '\(id)' to search by", context: [.id: id])
      }
      return ResolvedQuery(vector: record.vector, excludedID: record.id)
    }
  }

  /// The answer to a request whose query has a vector.
  func answer(
    _ request: SearchRequest, _ query: ResolvedQuery, _ trace: inout SearchTrace
  ) async throws -> SearchResponse {
    var space = try await recordedSpace()
    try check(query.vector, space)
    let score = space.map { RelevanceScore($0) }
    var thresholds = Thresholds(request, score)
    let candidates = try await backend.candidates(candidateRequest(request, query, thresholds))
    trace.lap("backend_ms")
    if space == nil {
      // The first write came between; nothing else than an empty answer is possible without it.
      space = try await recordedSpace()
      thresholds = Thresholds(request, space.map { RelevanceScore($0) })
    }
    let maker = CandidateHits(
      query: query, space: space, score: score ?? space.map { RelevanceScore($0) }, thresholds: thresholds)
    var hits = maker.nearest(candidates.nearest, limit: request.candidateCount)
    if let hybrid = request.hybrid {
      hits = try Self.fuse(hits, candidates.keywords, maker, hybrid, request, &trace)
    }
    if let reranker = request.reranker {
      hits = try await Self.rerank(hits, by: reranker, query.text, &trace)
    }
    if let diversity = request.diversity {
      hits = try Self.diversify(hits, diversity, query, request, &trace)
    }
    if hits.count > request.k { hits.removeLast(hits.count - request.k) }
    if !request.includesVectors, !hits.isEmpty, !hits[0].vector.isEmpty {
      for place in hits.indices { hits[place].vector = [] }
    }
    return SearchResponse(hits: hits, explanation: trace.explanation(backend: candidates.explanation))
  }

  private func check(_ vector: [Float], _ space: EmbeddingSpace?) throws {
    if let space, vector.count != space.dimension {
      throw VectorStoreError(
        .dimensionMismatch, "the store's vectors have \(space.dimension) dimensions, the query has \(vector.count)")
    }
    guard vector.isFinite else {
      throw VectorStoreError(.invalidArgument, "the query's vector holds a NaN or an infinity")
    }
  }

  private func candidateRequest(
    _ request: SearchRequest, _ query: ResolvedQuery, _ thresholds: Thresholds
  ) -> CandidateRequest {
    // One more where the document itself is among the nearest, and is left out.
    let count = request.candidateCount
    let wanted = query.excludedID == nil || count == .max ? count : count + 1
    let keywords = request.hybrid.map {
      CandidateRequest.Keywords(text: $0.keywords ?? query.text ?? "", count: wanted)
    }
    return CandidateRequest(
      nearest: CandidateRequest.Nearest(
        vector: query.vector, count: wanted, distanceLimit: thresholds.distanceLimit, efSearch: request.efSearch,
        probes: request.probes, isExact: request.isExact),
      keywords: keywords, filter: request.filter,
      includesVectors: request.includesVectors || keywords != nil || request.diversity != nil,
      explains: request.explains)
  }
}
