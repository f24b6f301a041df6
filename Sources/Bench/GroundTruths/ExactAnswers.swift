// SPDX-License-Identifier: Apache-2.0

package import HNSW

/// The nearest base rows of queries, found block by block, so that only a block of the base is in memory.
package struct ExactAnswers: Sendable {
  /// A base row and its distance.
  package struct Hit: Sendable, Hashable {
    package let distance: Double
    package let row: Int32
  }

  private let queries: Matrix<Float>
  private let metric: Metric
  private let k: Int
  /// For each query the nearest rows so far, nearest first, the smaller row first among equals.
  package private(set) var nearest: [[Hit]]
  /// How many base rows have been looked at.
  package private(set) var rowsDone: Int

  /// Answers to go on with; none at first.
  package init(queries: Matrix<Float>, metric: Metric, k: Int, nearest: [[Hit]]? = nil, rowsDone: Int = 0) {
    self.queries = queries
    self.metric = metric
    self.k = k
    self.nearest = nearest ?? Array(repeating: [], count: queries.count)
    self.rowsDone = rowsDone
  }

  /// Looks at the next rows of the base.
  ///
  /// - Throws: `VectorIndexError` for a row or a query that is no vector, ``BenchError`` where the base has more rows than
  ///   an .ivecs file can name.
  /// - Complexity: O(queries · rows · dimension)
  package mutating func add(_ block: Matrix<Float>, threads: Int) throws {
    guard rowsDone + block.count <= Int(Int32.max) else {
      throw BenchError("the base has more than \(Int32.max) rows, which .ivecs can't name")
    }
    let truth = try GroundTruth(
      searching: block.exactIndex(metric: metric), base: block, queries: queries, metric: metric, k: k, filter: nil,
      threads: threads)
    for query in nearest.indices {
      let found = zip(truth.distances[query], truth.rows[query]).map {
        Hit(distance: $0, row: Int32(truncatingIfNeeded: rowsDone + $1))
      }
      nearest[query] = Array(
        (nearest[query] + found).sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(k))
    }
    rowsDone += block.count
  }

  /// The rows for each query; −1 where fewer rows have a distance.
  package var neighbors: Matrix<Int32> {
    let width = max(1, min(k, rowsDone))
    return Matrix(
      dimension: width,
      values: nearest.flatMap { hits in
        hits.map(\.row) + Array(repeating: -1, count: width - min(width, hits.count))
      })
  }
}
