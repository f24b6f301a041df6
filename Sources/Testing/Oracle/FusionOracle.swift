// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// What the fusion of rankings is, by its formula: it says whether a hybrid search in SQL, or anywhere else, makes the same of the
/// same candidates.
///
/// ```swift
/// let oracle = FusionOracle(lists: [nearest, byKeywords], fusion: .reciprocalRank())
/// #expect(try oracle.check(answer: fused, limit: 10).isPassed)
/// ```
public struct FusionOracle: Sendable {
  /// The rankings.
  public let lists: [RankedList]
  /// How they become one.
  public let fusion: Fusion
  /// How far scores may be from each other and count as one.
  public let tolerance: Double

  /// An oracle of these rankings.
  ///
  /// - Parameter tolerance: how far a score may be from the formula's; scores nearer to each other than that may come in any order.
  public init(lists: [RankedList], fusion: Fusion, tolerance: Double = 1e-9) {
    (self.lists, self.fusion, self.tolerance) = (lists, fusion, tolerance)
  }

  /// Compares fused hits, best first, with what the formula gives.
  ///
  /// - Parameter limit: how many were asked for; nil for all.
  public func check(answer: [ScoredID], limit: Int? = nil) -> OracleReport {
    var report = OracleReport()
    let scores = scores
    let wanted = min(limit ?? .max, scores.count)
    if answer.count < wanted { report.add(.tooFew, expected: "\(wanted) hits", found: "\(answer.count)") }
    if answer.count > wanted { report.add(.tooMany, expected: "\(wanted) hits", found: "\(answer.count)") }
    var found: Set<ByteKey> = []
    var lowest = Double.infinity
    for hit in answer {
      guard let score = scores[ByteKey(hit.id)] else {
        report.add(.extra, id: hit.id, expected: "hits of the rankings", found: "one of none")
        continue
      }
      if !found.insert(ByteKey(hit.id)).inserted {
        report.add(.duplicate, id: hit.id, expected: "each hit once", found: "it once more")
      }
      if (score - hit.score).magnitude > tolerance || hit.score.isNaN {
        report.add(.score, id: hit.id, expected: String(score), found: String(hit.score))
      }
      if score > lowest + tolerance {
        report.add(.order, id: hit.id, expected: "it, with \(score), before one with \(lowest)", found: "it after that")
      }
      lowest = min(lowest, score)
    }
    for list in lists {
      for hit in list.hits where !found.contains(ByteKey(hit.id)) {
        guard let score = scores[ByteKey(hit.id)], score > lowest + tolerance else { continue }
        found.insert(ByteKey(hit.id))
        report.add(
          .missing, id: hit.id, expected: "it, with \(score), before one with \(lowest)", found: "the latter only")
      }
    }
    return report
  }

  /// The fused score of each hit, from the definition.
  private var scores: [ByteKey: Double] {
    var scores: [ByteKey: Double] = [:]
    for (number, list) in lists.enumerated() {
      var seen: Set<ByteKey> = []
      for hit in list.hits where seen.insert(ByteKey(hit.id)).inserted {
        scores[ByteKey(hit.id), default: 0] += share(of: hit, rank: seen.count - 1, in: list, number)
      }
    }
    return scores
  }

  private func share(of hit: ScoredID, rank: Int, in list: RankedList, _ number: Int) -> Double {
    switch fusion {
    case .reciprocalRank(let k, let weights): return (weights?[number] ?? 1) / (k + Double(rank))
    case .weighted(let weights):
      // Halved, so that the range of the greatest numbers is finite; the better, the larger.
      func worth(_ score: Double) -> Double { (list.order == .largerIsBetter ? score : -score) / 2 }
      let weight = weights?[number] ?? 1 / Double(lists.count)
      let finite = list.hits.map { worth($0.score) }.filter(\.isFinite)
      let own = worth(hit.score)
      if own.isNaN { return 0 }
      guard own.isFinite, let low = finite.min(), let high = finite.max() else { return own > 0 ? weight : 0 }
      return high > low ? weight * (own - low) / (high - low) : weight
    }
  }
}
