// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// The documents nearest to a text, nearest first.
  ///
  /// - Parameters:
  ///   - k: how many. If so many that match and have a distance exist, so many come back.
  ///   - filter: what may be found; nil is everything.
  /// - Throws: ``VectorStoreError/Code/embedderMissing``, and what ``search(_:)`` throws.
  public func search(_ text: String, k: Int = 5, filter: Filter? = nil) async throws -> [SearchHit] {
    try await search(SearchRequest(.text(text), k: k, filter: filter)).hits
  }

  /// The documents nearest to a vector, nearest first. See ``search(_:k:filter:)``.
  public func search(vector: [Float], k: Int = 5, filter: Filter? = nil) async throws -> [SearchHit] {
    try await search(SearchRequest(.vector(vector), k: k, filter: filter)).hits
  }

  /// The documents nearest to a stored one, without itself, nearest first. See ``search(_:k:filter:)``.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` where there is no such document.
  public func search(like id: String, k: Int = 5, filter: Filter? = nil) async throws -> [SearchHit] {
    try await search(SearchRequest(.like(id: id), k: k, filter: filter)).hits
  }

  /// Searches by vector, or by vector and keywords.
  ///
  /// In this order: candidates from the backend, at one moment of the store; thresholds; fusion of the two rankings;
  /// the reranker; diversity; the first k.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument``, ``VectorStoreError/Code/embedderMissing``,
  ///   ``VectorStoreError/Code/dimensionMismatch``, ``VectorStoreError/Code/zeroNormQuery``,
  ///   ``VectorStoreError/Code/notFound`` for a query that is like a document which is not there,
  ///   ``VectorStoreError/Code/unsupported`` for keywords where the collection has none, what the embedder and the
  ///   reranker throw, `CancellationError`.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    try request.check()
    guard request.k > 0 else { return SearchResponse(hits: [], explanation: request.explains ? [:] : nil) }
    var trace = SearchTrace(isKept: request.explains)
    let query = try await resolve(request.query)
    trace.lap("query_ms")
    return try await answer(request, query, &trace)
  }

  /// Answers several requests at a time; the texts are embedded in one call.
  ///
  /// - Returns: the answers, in the order of the requests.
  /// - Throws: what ``search(_:)`` throws for one of them, with its place as the row in the context where it is known.
  public func search(batch requests: [SearchRequest]) async throws -> [SearchResponse] {
    for (row, request) in requests.enumerated() { try RowChecks.row(row, id: nil) { try request.check() } }
    let vectors = try await vectorsOfTexts(in: requests)
    return try await withThrowingTaskGroup(of: (Int, SearchResponse).self) { group in
      var responses = requests.map { SearchResponse(hits: [], explanation: $0.explains ? [:] : nil) }
      for (row, request) in requests.enumerated() where request.k > 0 {
        if row >= Self.searchesAtATime, let (done, response) = try await group.next() { responses[done] = response }
        group.addTask {
          var trace = SearchTrace(isKept: request.explains)
          let query: ResolvedQuery
          if case .text(let text) = request.query, let vector = vectors[row] {
            query = ResolvedQuery(vector: vector, text: text)
          } else {
            query = try await self.resolve(request.query)
          }
          trace.lap("query_ms")
          return (row, try await self.answer(request, query, &trace))
        }
      }
      for try await (done, response) in group { responses[done] = response }
      return responses
    }
  }

  /// Enough to keep a few cores busy, and few enough not to starve others of the backend.
  private static var searchesAtATime: Int { 8 }

  /// The vectors of requests that ask by text, by their rows.
  private func vectorsOfTexts(in requests: [SearchRequest]) async throws -> [Int: [Float]] {
    var rows: [Int] = []
    var texts: [String] = []
    for (row, request) in requests.enumerated() where request.k > 0 {
      guard case .text(let text) = request.query else { continue }
      rows.append(row)
      texts.append(text)
    }
    guard !texts.isEmpty else { return [:] }
    let embedder = try requiredEmbedder(for: "a search by text")
    _ = try await recordedSpace()
    let vectors = try await embedder.embed(queries: texts)
    try embedder.space.check(vectors: vectors, count: texts.count)
    return Dictionary(uniqueKeysWithValues: zip(rows, vectors))
  }
}
