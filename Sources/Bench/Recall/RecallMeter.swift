// SPDX-License-Identifier: Apache-2.0

package import HNSW

/// Judges the answers to one set of queries under one filter, forgiving ties, as ann-benchmarks does.
package struct RecallMeter: Sendable {
  /// How far beyond the k-th true distance a row may lie and still count.
  ///
  /// ann-benchmarks allows 1e-3. On unit vectors that forgives real misses of quantised engines, not only ties and
  /// rounding.
  package static let tieTolerance = 1e-6

  private let base: Matrix<Float>
  private let queries: Matrix<Float>
  private let metric: Metric
  private let k: Int
  private let truth: GroundTruth
  private let filter: RowFilter?

  /// A meter for answers of `k` rows each.
  package init(
    base: Matrix<Float>, queries: Matrix<Float>, metric: Metric, k: Int, truth: GroundTruth, filter: RowFilter? = nil
  ) {
    self.base = base
    self.queries = queries
    self.metric = metric
    self.k = k
    self.truth = truth
    self.filter = filter
  }

  /// The mean, over the queries, of the share of true neighbours found.
  ///
  /// A row counts once, and only where the filter allows it. A query for which no row exists has nothing to find and
  /// counts as 1.
  ///
  /// - Parameter answers: For each query the rows found, at most the first `k` of which are looked at.
  package func recall(_ answers: [[UInt64]]) -> Double {
    figures(answers).mean
  }

  /// The mean as ``recall(_:)`` has it, and what it hides.
  package func figures(_ answers: [[UInt64]]) -> RecallFigures {
    figures(answers, queries: Array(answers.indices))
  }

  /// The same of some of the queries, whose answers these are.
  package func figures(_ answers: [[UInt64]], queries: [Int]) -> RecallFigures {
    RecallFigures(
      queries: queries,
      shares: zip(queries, answers).map { share(of: $1, query: $0) },
      byIDs: zip(queries, answers).map { shareByIDs(of: $1, query: $0) })
  }

  /// How many of the rows found the filter forbids, or aren't rows of the base. Anything but 0 is a defect of the engine.
  package func violations(_ answers: [[UInt64]]) -> Int {
    answers.joined().count { !isAllowed($0) }
  }

  private func share(of answer: [UInt64], query: Int) -> Double {
    let nearest = truth.distances[query].prefix(k)
    guard let farthest = nearest.last else { return 1 }
    let limit = farthest + Self.tieTolerance
    var seen: Set<UInt64> = []
    let found = answer.prefix(k).count { row in
      seen.insert(row).inserted && isAllowed(row)
        && ReferenceDistance.distance(queries[query], base[Int(row)], metric: metric) <= limit
    }
    return Double(min(found, nearest.count)) / Double(nearest.count)
  }

  private func shareByIDs(of answer: [UInt64], query: Int) -> Double {
    let nearest = Set(truth.rows[query].prefix(k).map(UInt64.init))
    guard !nearest.isEmpty else { return 1 }
    return Double(nearest.intersection(answer.prefix(k)).count) / Double(nearest.count)
  }

  private func isAllowed(_ row: UInt64) -> Bool {
    guard row < UInt64(base.count) else { return false }
    return filter?.mask[Int(row)] ?? true
  }
}
