// SPDX-License-Identifier: Apache-2.0

/// What a search did, for `--explain` and for tests.
public struct SearchExplanation: Sendable, Hashable {
  /// How candidates are found.
  public enum Strategy: String, Sendable, Hashable, CaseIterable {
    /// All that is allowed is compared.
    case exact
    /// Over allowed vectors only, stepping across the others two links at a time.
    case twoHop
    /// Over all vectors, keeping what is allowed.
    case plain
  }

  /// The strategy chosen before the search.
  public var planned: Strategy
  /// The strategy that gave the answer: `exact` where the planned walk cost too much or found too little.
  public var strategy: Strategy
  /// Distances computed while looking for candidates.
  public var distanceComputations: Int
  /// Lists of links followed.
  public var hops: Int
  /// Candidates whose distance was computed again from the full vector.
  public var reranked: Int
  /// Vectors that were allowed, if known: those of the allow-list, or all.
  public var allowed: Int
}
