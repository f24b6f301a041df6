// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Exact search: every distance computed. It has one point, its efSearch 0.
struct ExactEngine: BenchEngine {
  let name = "swift-exact"
  let storage = VectorStorage.float32.rawValue
  let buildSeconds: Double
  private let workload: Workload
  private let index: ExactIndex<[Float]>

  /// Takes in the base of `workload`.
  init(_ workload: Workload) throws {
    self.workload = workload
    (index, buildSeconds) = try Self.build(workload)
  }

  var parameters: AnnParameters? { nil }
  var sweeps: [[SearchSetting]] { [[SearchSetting(ef: 0)]] }

  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    let allow = filter.map { Set($0.allowed.lazy.map(UInt64.init)) }
    let (k, threads) = (workload.k, workload.threads)
    return try await body(
      Searcher(
        one: { try index.search(workload.queryRows[$0], k: k, allow: allow) },
        batch: { try index.searchBatch(workload.queryRows, k: k, allow: allow, threads: threads) }))
  }

  func rebuildSeconds(threads: Int) throws -> Double { try Self.build(workload).seconds }

  func indexBytes() -> Int? { nil }

  func memory() -> MemoryResult? { nil }

  private static func build(_ workload: Workload) throws -> (index: ExactIndex<[Float]>, seconds: Double) {
    let (index, seconds) = try Clocks.timed { try workload.base.exactIndex(metric: workload.metric) }
    return (index, seconds)
  }
}
