// SPDX-License-Identifier: Apache-2.0

/// Makes one ranking of several, such as those of the vector and of the keyword search.
public enum Fusion: Sendable, Hashable {
  /// Σ w / (k + rank), the rank counted from 0 as langchain-postgres does; it looks at the order only. Cormack, Clarke
  /// and Büttcher, "Reciprocal Rank Fusion
  /// outperforms Condorcet and individual rank learning methods" (SIGIR 2009).
  case reciprocalRank(k: Double = 60, weights: [Double]? = nil)
  /// Σ w · n, where n is the score scaled so that the best of a list is 1 and the worst 0 (langchain-postgres's
  /// `weighted_sum_ranking`). All scores of a list whose
  /// scores are equal count 1; a NaN counts 0, an infinity as the best or worst finite score. Without weights the lists
  /// share equally, 0.5 each for two.
  case weighted(weights: [Double]? = nil)

  /// The documents of all lists, best first, with their fused scores; more is better.
  ///
  /// A document that a list lacks gets nothing from it. Of two with equal scores, that comes first which ranks better
  /// in the first list, then in the
  /// second, and so on; so the order is always defined.
  ///
  /// - Parameter limit: how many at most; nil for all.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for another number of weights than lists, a weight that is
  ///   negative or not finite, a `k` that is not positive.
  /// - Complexity: O(n log n) for n hits.
  public func fuse(_ lists: [RankedList], limit: Int? = nil) throws -> [ScoredID] {
    let weights = try checkedWeights(count: lists.count)
    var places: [ByteKey: Int] = [:]
    var entries: [Entry] = []
    for (number, list) in lists.enumerated() {
      let points = try points(of: list)
      var rank = 0
      for (hit, point) in zip(list.hits, points) {
        let key = ByteKey(hit.id)
        let place = places[key] ?? entries.count
        if place == entries.count {
          places[key] = place
          entries.append(Entry(id: hit.id, score: 0, ranks: Array(repeating: .max, count: lists.count)))
        }
        guard entries[place].ranks[number] == .max else { continue }
        entries[place].ranks[number] = rank
        entries[place].score += weights[number] * point(rank)
        rank += 1
      }
    }
    entries.sort { a, b in
      a.score != b.score ? a.score > b.score : a.ranks.lexicographicallyPrecedes(b.ranks)
    }
    return entries.prefix(max(0, limit ?? entries.count)).map { ScoredID(id: $0.id, score: $0.score) }
  }

  private struct Entry {
    let id: String
    var score: Double
    var ranks: [Int]
  }

  private func checkedWeights(count: Int) throws -> [Double] {
    let given: [Double]?
    let fallback: Double
    switch self {
    case .reciprocalRank(_, let weights): (given, fallback) = (weights, 1)
    case .weighted(let weights): (given, fallback) = (weights, 1 / Double(max(1, count)))
    }
    let weights = given ?? Array(repeating: fallback, count: count)
    guard weights.count == count, weights.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw VectorStoreError(.invalidArgument, "fusion needs \(count) weights of 0 or more, not \(weights)")
    }
    return weights
  }

  /// What each hit of a list gets, given its rank.
  private func points(of list: RankedList) throws -> [(Int) -> Double] {
    switch self {
    case .reciprocalRank(let k, _):
      guard k.isFinite, k > 0 else { throw VectorStoreError(.invalidArgument, "k must be positive, not \(k)") }
      return list.hits.map { _ in { rank in 1 / (k + Double(rank)) } }
    case .weighted:
      return Self.normalized(list).map { value in { _ in value } }
    }
  }

  /// The scores of a list in 0…1, more being better.
  private static func normalized(_ list: RankedList) -> [Double] {
    // Halved, so that the range of the largest numbers is finite.
    let scores = list.hits.map { (list.order == .largerIsBetter ? $0.score : -$0.score) / 2 }
    let finite = scores.filter(\.isFinite)
    let worst = finite.min() ?? 0
    let best = finite.max() ?? 0
    return scores.map { score in
      if score.isNaN { return 0 }
      if !score.isFinite { return score > 0 ? 1 : 0 }
      return best > worst ? (score - worst) / (best - worst) : 1
    }
  }
}
