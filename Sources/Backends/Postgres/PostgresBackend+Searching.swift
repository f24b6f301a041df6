// SPDX-License-Identifier: Apache-2.0

import HNSW
public import VectorStoreCore

extension PostgresBackend {
  public func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    var state = try current()
    if request.nearest != nil, state.record?.space == nil, state.layout.columnDimension == nil {
      // An empty collection without a space finds nothing; another process may have recorded one.
      guard try await recordedSpace() != nil || options.space != nil else { return CandidateSet() }
      state = try current()
    }
    let metric = metric(state)
    try check(request, state, metric)
    var found = try await search(request, state, metric)
    if found.isShort, try await refreshIndex() {
      // Fewer than asked for by an index: what it cannot reach is found by comparing all.
      var exact = request
      exact.nearest?.isExact = true
      found = try await search(exact, try current(), metric)
      found.set.explanation?["fallback"] = "exact: the index gave fewer than were asked for"
    }
    if let limit = request.nearest?.distanceLimit { found.set.nearest.removeAll { $0.value > Double(limit) } }
    return found.set
  }

  func metric(_ state: State) -> Metric {
    state.record?.space?.space.metric ?? options.space?.metric ?? state.index?.metric
      ?? (state.layout.vectorType == .bit ? .hamming : .cosine)
  }

  private func search(
    _ request: CandidateRequest, _ state: State, _ metric: Metric
  ) async throws -> CandidateSearch.Found {
    let filter = try condition(request.filter, state)
    let selection = RowSelection(state.layout, includesVectors: request.includesVectors)
    let scope = scope(state)
    let nearest = request.nearest.flatMap { nearest in
      nearest.count == 0
        ? nil
        : NearestSearch(
          request: nearest, filter: filter,
          expression: VectorExpression(
            layout: state.layout, scope: scope, vectorExtension: vectorExtension, metric: metric),
          index: state.index, selection: selection)
    }
    let keywords = try request.keywords.flatMap { keywords in
      try KeywordSearch(keywords, filter: filter, scope: scope, selection: selection)
    }
    guard nearest != nil || keywords != nil else { return CandidateSearch.Found() }
    let search = CandidateSearch(nearest: nearest, keywords: keywords, explains: request.explains)
    if nearest != nil, keywords != nil {
      return try await engine.transaction(.snapshot) { try await search.run($0) }
    }
    return try await engine.withConnection { try await search.run($0) }
  }

  private func check(_ request: CandidateRequest, _ state: State, _ metric: Metric) throws {
    for count in [request.nearest?.count, request.keywords?.count] {
      guard count ?? 0 >= 0 else {
        throw VectorStoreError(.invalidArgument, "the number of results must not be negative, but is \(count ?? 0)")
      }
    }
    if request.keywords != nil, case .none = state.layout.keywords {
      throw VectorStoreError(
        .unsupported, "the collection was made without keywords; make a new one to search by words")
    }
    guard let nearest = request.nearest else { return }
    if let efSearch = nearest.efSearch, !(1...1_000).contains(efSearch) {
      throw VectorStoreError(.invalidArgument, "pgvector takes efSearch from 1 to 1,000, not \(efSearch)")
    }
    if let probes = nearest.probes, !(1...32_768).contains(probes) {
      throw VectorStoreError(.invalidArgument, "pgvector takes probes from 1 to 32,768, not \(probes)")
    }
    if let dimension = scope(state).dimension ?? state.layout.columnDimension, nearest.vector.count != dimension {
      throw VectorStoreError(
        .dimensionMismatch, "expected \(dimension) dimensions, not \(nearest.vector.count)")
    }
    guard nearest.vector.allSatisfy(\.isFinite) else {
      throw VectorStoreError(.invalidArgument, "the query's vector holds a NaN or an infinity")
    }
    if metric == .cosine, nearest.vector.allSatisfy({ $0 == 0 }) {
      throw VectorStoreError(.zeroNormQuery, "the query's vector has norm zero, and cosine has no distance from it")
    }
  }

  /// Reads the indexes anew.
  ///
  /// - Returns: whether there is one that searches use.
  @discardableResult
  func refreshIndex() async throws -> Bool {
    let state = try current()
    let indexes = try await engine.withConnection { try await VectorIndex.read(state.layout, $0) }
    let best = VectorIndex.best(indexes, metric(state), scope(state))
    update { $0.index = best }
    return best != nil
  }
}
