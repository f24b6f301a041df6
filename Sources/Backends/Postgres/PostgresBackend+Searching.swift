// SPDX-License-Identifier: Apache-2.0

import HNSW
public import VectorStoreCore

extension PostgresBackend {
  public func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    var found = try await found(request)
    if found.isShort, try await hasAnyIndex() {
      // Fewer than asked for by an index: what it cannot reach is found by comparing all.
      var exact = request
      exact.nearest?.isExact = true
      found = try await self.found(exact)
      found.set.explanation?["fallback"] = "exact: the index gave fewer than were asked for"
    }
    if let limit = request.nearest?.distanceLimit { found.set.nearest.removeAll { $0.value > Double(limit) } }
    return found.set
  }

  func metric(_ state: State) -> Metric {
    state.record?.space?.space.metric ?? options.space?.metric ?? state.indexMetric
      ?? (state.layout.vectorType == .bit ? .hamming : .cosine)
  }

  private func found(_ request: CandidateRequest) async throws -> CandidateSearch.Found {
    let shape = SearchTemplate.Shape(request)
    if let shape, let nearest = request.nearest,
      let template = templates.template(shape, version: try currentVersion())
    {
      return try await template.run(nearest, engine)
    }
    let state = try current()
    let metric = metric(state)
    try check(request, state, metric)
    let filter = try condition(request.filter, state)
    let selection = RowSelection(state.layout, includesVectors: request.includesVectors)
    let scope = scope(state, orOf: request.nearest?.vector.count)
    let nearest = request.nearest.flatMap { nearest in
      nearest.count == 0
        ? nil
        : NearestSearch(
          request: nearest, filter: filter,
          expression: VectorExpression(
            layout: state.layout, scope: scope, vectorExtension: vectorExtension, metric: metric),
          index: state.index, selection: selection)
    }
    if let shape, let nearest, let template = try SearchTemplate(nearest) {
      templates.insert(template, shape, version: state.version)
      return try await template.run(nearest.request, engine)
    }
    let keywords = try request.keywords.flatMap { keywords in
      try KeywordSearch(keywords, filter: filter, scope: scope, selection: selection)
    }
    guard nearest != nil || keywords != nil else { return CandidateSearch.Found() }
    let search = CandidateSearch(nearest: nearest, keywords: keywords, explains: request.explains)
    if nearest != nil, keywords != nil {
      // It reads only, so that it may be done again where the table has changed under prepared statements.
      return try await engine.transaction(.snapshot, retries: 2) { try await search.run($0) }
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
    try nearest.checkVector(metric)
  }

  /// Reads the indexes anew.
  func refreshIndex() async throws {
    let layout = try current().layout
    let indexes = try await engine.withConnection { try await VectorIndex.read(layout, $0) }
    update { state in
      state.indexMetric = indexes.lazy.filter { $0.isValid && $0.form == .column }.compactMap(\.metric).first
      state.index = VectorIndex.best(indexes, metric(state), scope(state))
    }
  }

  /// Whether there is a vector index that the planner may take, also one of some rows or of a partition.
  private func hasAnyIndex() async throws -> Bool {
    let name = try current().layout.name
    let table: SQLText = "pg_catalog.to_regclass(\(bind: .text("\(name.schema).\(name.table)")))"
    // A table that is not divided has no tree.
    let sql: SQLText = """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_am am ON am.oid = c.relam WHERE am.amname IN ('hnsw', 'ivfflat') AND (i.indrelid = \(table)
      OR i.indrelid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(\(table)) p)))
      """
    return try await engine.withConnection { try await $0.execute(sql.statement()) }.bool(0, 0) ?? false
  }
}
