// SPDX-License-Identifier: Apache-2.0

/// What one search found, best first: the vector search's hits by distance, or the keyword search's by score.
public struct RankedList: Sendable, Hashable {
  /// Which scores are better.
  public enum Order: Sendable, Hashable {
    /// Distances.
    case smallerIsBetter
    /// Scores of keyword searches.
    case largerIsBetter
  }

  /// The hits, best first. Of hits with one id the first counts.
  public var hits: [ScoredID]
  /// Which scores are better.
  public var order: Order

  /// A list of hits, best first.
  public init(_ hits: [ScoredID], order: Order) {
    self.hits = hits
    self.order = order
  }
}
