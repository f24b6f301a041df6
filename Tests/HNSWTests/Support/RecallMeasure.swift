// SPDX-License-Identifier: Apache-2.0

import HNSW

/// True neighbours, and what share of them a search finds.
struct RecallMeasure: Sendable {
  let k: Int
  let metric: Metric
  let queries: [TestVector]
  /// The distance of the k-th true neighbour of each query: any vector within it is a right answer.
  private let bounds: [Double]

  init(base: [TestVector], queries: [TestVector], metric: Metric, k: Int, allowed: (Int) -> Bool = { _ in true }) {
    self.k = k
    self.metric = metric
    self.queries = queries
    bounds = queries.map { query in
      let distances = base.indices.compactMap { row in
        allowed(row) ? ReferenceDistance.between(query, base[row], metric) : nil
      }
      let nearest = distances.sorted().prefix(k)
      return nearest.last ?? .infinity
    }
  }

  /// The mean recall@k of a search over all queries.
  func recall(_ search: (TestVector) throws -> [Neighbor]) rethrows -> Double {
    var found = 0
    for (query, bound) in zip(queries, bounds) {
      let slack = 1e-5 * max(bound.magnitude, 1e-3)
      found += try search(query).prefix(k).count { Double($0.distance) <= bound + slack }
    }
    return Double(found) / Double(k * queries.count)
  }
}

extension VectorSet {
  /// The rows as vectors of the kind that the metric compares.
  func vectors(_ metric: Metric) -> [TestVector] {
    metric.isBinary ? bits.map { .bits($0) } : (0..<count).map { .floats(self[$0]) }
  }
}
