// SPDX-License-Identifier: Apache-2.0

/// Rows that are taken for queries.
package struct QuerySample: Sendable {
  /// Their numbers, ascending.
  package let rows: [Int]

  /// As many of `total` rows as wanted, each set of them as likely as another; the same for the same seed.
  ///
  /// Floyd's algorithm (Bentley and Floyd: "Programming pearls: a sample of brilliance", 1987).
  ///
  /// - Throws: ``BenchError`` where at least as many are wanted as there are: none would be left to be found.
  package init(_ wanted: Int, of total: Int, seed: UInt64) throws {
    guard wanted < total else {
      throw BenchError("\(wanted) queries can't be sampled from \(total) rows and leave any to be found")
    }
    var random = SplitMix64(seed: seed)
    var chosen: Set<Int> = []
    for last in total - wanted..<total {
      let row = Int.random(in: 0...last, using: &random)
      chosen.insert(chosen.contains(row) ? last : row)
    }
    rows = chosen.sorted()
  }

  /// The sampled rows, and the others.
  package func split(_ matrix: Matrix<Float>) -> (queries: Matrix<Float>, rest: Matrix<Float>) {
    let sampled = Set(rows)
    let others = (0..<matrix.count).filter { !sampled.contains($0) }
    return (matrix.rows(rows), matrix.rows(others))
  }
}
