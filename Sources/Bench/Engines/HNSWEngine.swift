// SPDX-License-Identifier: Apache-2.0

import HNSW

/// The HNSW graph.
struct HNSWEngine: BenchEngine {
  static let name = "swift-hnsw"

  private let index: HNSWIndex

  /// Builds the index over the base of `workload`.
  init(_ workload: Workload, threads: Int) throws {
    let options = workload.options
    index = try HNSWIndex(
      options.index.configuration(dimension: workload.base.dimension, metric: workload.metric))
    let progress: ((Int, Int) -> Void)?
    if Console.isTerminal {
      progress = { done, count in Console.progress("building: \(done) of \(count)") }
    } else {
      progress = nil
    }
    try index.add(labels: workload.labels, vectors: workload.base.values, threads: threads, progress: progress)
    Console.endProgress()
  }

  var parameters: AnnParameters? {
    let configuration = index.configuration
    return AnnParameters(
      m: configuration.m, efConstruction: configuration.efConstruction, seed: configuration.seed)
  }

  func searcher(ef: Int, filter: RowFilter?, workload: Workload) throws -> Searcher {
    let view = index.view()
    var options = SearchOptions()
    options.efSearch = ef
    if let filter {
      options.allow = try view.allowList(labels: filter.allowed.lazy.map(UInt64.init))
    }
    let k = workload.options.query.k
    let threads = workload.options.query.threads
    let queries = workload.queries.values
    return Searcher(
      one: { [options] in try view.search($0, k: k, options: options) },
      batch: { [options] in try view.searchBatch(queries, k: k, options: options, threads: threads) })
  }

  func save(to path: String) throws -> Bool {
    try index.save(to: path)
    return true
  }
}
