// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Exact search: every distance computed. It has one point, its efSearch 0.
struct ExactEngine: BenchEngine {
  static let name = "swift-exact"

  private let index: ExactIndex<[Float]>

  /// Takes in the base of `workload`.
  init(_ workload: Workload) throws {
    index = try workload.base.exactIndex(metric: workload.metric)
  }

  var parameters: AnnParameters? { nil }

  func searcher(ef: Int, filter: RowFilter?, workload: Workload) throws -> Searcher {
    let allow = filter.map { Set($0.allowed.lazy.map(UInt64.init)) }
    let k = workload.options.query.k
    let threads = workload.options.query.threads
    let index = index
    return Searcher(
      one: { try index.search($0, k: k, allow: allow) },
      batch: { try index.searchBatch(workload.queryRows, k: k, allow: allow, threads: threads) })
  }

  func save(to path: String) throws -> Bool { false }
}
