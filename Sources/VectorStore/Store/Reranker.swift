// SPDX-License-Identifier: Apache-2.0

/// Puts hits into a better order, such as by a cross-encoder.
public protocol Reranker: Sendable {
  /// The hits, or some of them, best first; ``SearchHit/score`` may be set.
  ///
  /// - Parameter query: the query's text; nil for a search by vector.
  func rerank(query: String?, hits: [SearchHit]) async throws -> [SearchHit]
}
