// SPDX-License-Identifier: Apache-2.0

package import HNSW

/// The true distances of the nearest rows of every query: for each query ascending, at most `k` of them, fewer where
/// fewer rows have a distance.
package struct GroundTruth: Sendable {
  /// A list for each query.
  package let distances: [[Double]]
  /// The rows at these distances.
  package let rows: [[Int]]

  /// From the neighbours that a file names for each query.
  ///
  /// - Throws: ``BenchError`` where they don't belong to these vectors.
  package init(
    neighbors: Matrix<Int32>, base: Matrix<Float>, queries: Matrix<Float>, metric: Metric, k: Int, name: String
  ) throws {
    guard neighbors.count == queries.count else {
      throw BenchError("\(name): \(neighbors.count) rows for \(queries.count) queries")
    }
    guard neighbors.dimension >= min(k, base.count) else {
      throw BenchError("\(name): \(neighbors.dimension) neighbours a query, but --k is \(k)")
    }
    if let foreign = neighbors.values.first(where: { $0 >= base.count }) {
      throw BenchError("\(name): names row \(foreign) of a base of \(base.count)")
    }
    self.init(
      (0..<queries.count).map { query in
        Self.nearest(
          neighbors[query].prefix(k).lazy.filter { $0 >= 0 }.map(Int.init),
          of: queries[query], base: base, metric: metric, k: k)
      })
  }

  /// By exact search among the rows that `filter` allows, all rows without one.
  ///
  /// - Parameter ownRows: for each query the row that it is, which is left out; none where it is empty.
  ///
  /// More candidates than `k` are taken from the Float32 search and ordered again in Float64, so that its rounding
  /// decides nothing.
  ///
  /// - Complexity: O(queries · rows · dimension)
  package init(
    searching index: ExactIndex<[Float]>, base: Matrix<Float>, queries: Matrix<Float>, metric: Metric, k: Int,
    filter: RowFilter?, ownRows: [Int] = [], threads: Int
  ) throws {
    let found = try index.searchBatch(
      (0..<queries.count).map { Array(queries[$0]) },
      k: k + Self.spareCandidates,
      allow: filter.map { Set($0.allowed.lazy.map(UInt64.init)) },
      threads: threads)
    self.init(
      zip(0..<queries.count, found).map { query, neighbors in
        Self.nearest(
          neighbors.lazy.map { Int($0.label) }.filter { ownRows.isEmpty || $0 != ownRows[query] }, of: queries[query],
          base: base, metric: metric, k: k)
      })
  }

  private init(_ nearest: [[(distance: Double, row: Int)]]) {
    distances = nearest.map { $0.map(\.distance) }
    rows = nearest.map { $0.map(\.row) }
  }

  private static let spareCandidates = 32

  private static func nearest(
    _ rows: some Sequence<Int>, of query: ArraySlice<Float>, base: Matrix<Float>, metric: Metric, k: Int
  ) -> [(distance: Double, row: Int)] {
    let all = rows.map { (distance: ReferenceDistance.distance(query, base[$0], metric: metric), row: $0) }
    return Array(all.filter { !$0.distance.isNaN }.sorted(by: <).prefix(k))
  }
}
