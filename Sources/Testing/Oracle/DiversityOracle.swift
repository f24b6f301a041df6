// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// What maximal marginal relevance picks, by its definition: it says whether somebody's MMR picks the same of the same candidates.
///
/// The picks are followed one by one: each must be worth as much as the best of the candidates that were left, up to a tolerance,
/// so that of candidates which are worth the same any may be picked.
public struct DiversityOracle: Sendable {
  private let ids: [String]
  private let relevance: [Double]
  private let directions: [[Double]]
  private let lambda: Double
  private let tolerance: Double

  /// An oracle of these candidates.
  ///
  /// - Parameters:
  ///   - candidates: what may be picked, with vectors of the query's dimension.
  ///   - diversity: its λ; how many candidates there are is said by the candidates.
  ///   - tolerance: how much less a pick may be worth than the best: 1e-12 for one who computes in Float64, about
  ///     dimension · 1e-7 in Float32.
  public init(
    query: [Float], candidates: [(id: String, vector: [Float])], diversity: MaximalMarginalRelevance,
    tolerance: Double = 1e-12
  ) {
    func direction(_ vector: [Float]) -> [Double] {
      let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      return vector.map { norm > 0 ? Double($0) / norm : 0 }
    }
    ids = candidates.map(\.id)
    directions = candidates.map { direction($0.vector) }
    let query = direction(query)
    relevance = directions.map { Self.dot($0, query) }
    lambda = diversity.lambda
    self.tolerance = tolerance
  }

  /// Compares picks, in the order of picking, with the definition.
  ///
  /// - Complexity: O(k · candidates · dimension).
  public func check(picks: [String], k: Int) -> OracleReport {
    var report = OracleReport()
    let wanted = min(k, ids.count)
    if picks.count < wanted { report.add(.tooFew, expected: "\(wanted) picks", found: "\(picks.count)") }
    if picks.count > wanted { report.add(.tooMany, expected: "\(wanted) picks", found: "\(picks.count)") }
    let places = Dictionary(ids.enumerated().map { (ByteKey($1), $0) }) { first, _ in first }
    var redundancy = Array(repeating: -Double.infinity, count: ids.count)
    var isPicked = Array(repeating: false, count: ids.count)
    for (turn, id) in picks.enumerated() {
      guard let pick = places[ByteKey(id)] else {
        report.add(.extra, id: id, expected: "one of the \(ids.count) candidates", found: "an id that none has")
        continue
      }
      if isPicked[pick] {
        report.add(.duplicate, id: id, expected: "each candidate once", found: "it once more")
        continue
      }
      func worth(_ place: Int) -> Double {
        turn == 0 ? relevance[place] : lambda * relevance[place] - (1 - lambda) * redundancy[place]
      }
      let left = ids.indices.filter { !isPicked[$0] }
      if let best = left.max(by: { worth($0) < worth($1) }), worth(pick) < worth(best) - tolerance {
        report.add(
          .pick, id: id, expected: "'\(ids[best])', worth \(worth(best)), as pick \(turn)",
          found: "this one, worth \(worth(pick))")
      }
      isPicked[pick] = true
      for place in left { redundancy[place] = max(redundancy[place], Self.dot(directions[place], directions[pick])) }
    }
    return report
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
