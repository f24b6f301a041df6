// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The statements of searches by vector that differ in nothing but the vector, put together once.
///
/// Putting them together takes longer than all else that the client does for a search of its own.
struct SearchTemplate: Sendable {
  /// What the statements depend on, as long as the collection's state is the same. A filter's values are part of its SQL, so
  /// that a search with one has no shape.
  struct Shape: Sendable, Hashable {
    let dimension: Int
    let count: Int
    let efSearch: Int?
    let probes: Int?
    let isExact: Bool
    let includesVectors: Bool

    init?(_ request: CandidateRequest) {
      guard let nearest = request.nearest, nearest.count > 0, request.keywords == nil, !request.explains,
        request.filter == nil || request.filter == .all
      else { return nil }
      dimension = nearest.vector.count
      count = nearest.count
      (efSearch, probes) = (nearest.efSearch, nearest.probes)
      (isExact, includesVectors) = (nearest.isExact, request.includesVectors)
    }
  }

  private let settings: PGStatement?
  private let search: PGStatement
  private let selection: RowSelection
  private let metric: Metric

  /// Nil where the statement has more values than the vector.
  ///
  /// - Throws: what making the statement throws.
  init?(_ nearest: NearestSearch) throws {
    let search = try nearest.statement().statement()
    guard search.parameters.count == 1 else { return nil }
    self.search = try search.repeatable()
    settings = try nearest.settingsStatement?.repeatable()
    selection = nearest.selection
    metric = nearest.expression.metric
  }

  /// Searches for the nearest of another vector of the same dimension.
  ///
  /// - Throws: for a vector that cannot be searched by, and what ``PGEngine/pipeline(_:)`` throws.
  func run(_ nearest: CandidateRequest.Nearest, _ engine: PGEngine) async throws -> CandidateSearch.Found {
    try nearest.checkVector(metric)
    let vector = try VectorCodec.encode(nearest.vector, as: selection.layout.vectorType)
    let search = search.replacing(0, with: vector)
    let results = try await engine.pipeline(settings.map { [$0, search] } ?? [search])
    var found = CandidateSearch.Found()
    // The connection is with others again while the rows are read.
    if let result = results.last { found.set.nearest = try selection.nearest(result) }
    found.isShort = !nearest.isExact && found.set.nearest.count < nearest.count
    return found
  }
}
