// SPDX-License-Identifier: Apache-2.0

/// How well one set of answers hit.
package struct RecallFigures: Equatable, Sendable {
  /// The mean over the queries, ties forgiven: what is called recall.
  package let mean: Double
  /// The mean by the rows' numbers: of rows that tie for the last place only those count that the truth names.
  package let byIDs: Double
  /// The standard error of the mean: how far it may be off by the choice of queries.
  package let standardError: Double
  /// The 5th percentile over the queries: what the unlucky ones get.
  package let p5: Double
  /// The queries of the lowest recall, lowest first, at most five, and none that found all.
  package let worst: [QueryRecall]

  /// Figures of the shares that each query found, ties forgiven and by number.
  init(queries: [Int], shares: [Double], byIDs: [Double]) {
    let mean = Self.mean(shares)
    self.mean = mean
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = shares.count < 2 ? 0 : (squares / Double(shares.count - 1) / Double(shares.count)).squareRoot()
    self.byIDs = Self.mean(byIDs)
    p5 = Percentile.values([0.05], ofFractions: shares)[0]
    worst = zip(queries, shares).filter { $1 < 1 }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
      .prefix(5)
      .map { QueryRecall(query: $0, recall: $1.rounded(digits: 6)) }
  }

  /// The figures of the lower mean.
  static func lower(_ a: RecallFigures, _ b: RecallFigures) -> RecallFigures {
    b.mean < a.mean ? b : a
  }

  private static func mean(_ shares: [Double]) -> Double {
    shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }
}
