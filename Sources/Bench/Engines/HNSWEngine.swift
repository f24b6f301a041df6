// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// The HNSW graph.
struct HNSWEngine: BenchEngine {
  let name = "swift-hnsw"
  let buildSeconds: Double
  private let workload: Workload
  private let options: IndexOptions
  private let savePath: String?
  private let index: HNSWIndex

  /// Builds the index over the base of `workload`, and keeps its file at `savePath` where that is given.
  init(_ workload: Workload, options: IndexOptions, savePath: String? = nil) throws {
    self.workload = workload
    self.options = options
    self.savePath = savePath
    (index, buildSeconds) = try Self.build(workload, options: options, threads: workload.query.threads)
    if let savePath { try index.save(to: savePath) }
  }

  var storage: String { options.storage.rawValue }

  var parameters: AnnParameters? {
    let configuration = index.configuration
    return AnnParameters(
      m: configuration.m, efConstruction: configuration.efConstruction, seed: configuration.seed)
  }

  var sweeps: [[SearchSetting]] { [workload.query.ef.elements.map { SearchSetting(ef: $0) }] }

  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    let view = index.view()
    var options = SearchOptions()
    options.efSearch = setting.ef
    if let filter {
      options.allow = try view.allowList(labels: filter.allowed.lazy.map(UInt64.init))
    }
    let (k, threads) = (workload.query.k, workload.query.threads)
    let (queries, rows) = (workload.queries.values, workload.queryRows)
    return try await body(
      Searcher(
        one: { [options] in try view.search(rows[$0], k: k, options: options) },
        batch: { [options] in try view.searchBatch(queries, k: k, options: options, threads: threads) }))
  }

  func rebuildSeconds(threads: Int) throws -> Double {
    try Self.build(workload, options: options, threads: threads).seconds
  }

  /// What the saved index needs in a process of its own.
  func memory() async throws -> MemoryResult? {
    try await FreshProcess.withTemporaryFolder { folder in
      let path = savePath ?? folder.appendingPathComponent("ann.index").path
      if savePath == nil { try index.save(to: path) }
      let queries = folder.appendingPathComponent("query.fvecs").path
      try VectorFileWriter.write(workload.queries, to: queries)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
      var memory = try FreshProcess.run(
        [
          MemoryCommand.name, "--index", path, "--query", queries,
          "--k", String(workload.query.k), "--ef", String(workload.query.ef.elements.max() ?? workload.query.k),
          "--threads", String(workload.query.threads),
        ], answering: MemoryResult.self)
      memory.indexBytes = size?.intValue
      return memory
    }
  }

  private static func build(
    _ workload: Workload, options: IndexOptions, threads: Int
  ) throws -> (index: HNSWIndex, seconds: Double) {
    let (index, seconds) = try Clocks.timed {
      let index = try HNSWIndex(
        options.configuration(dimension: workload.base.dimension, metric: workload.metric))
      let progress: ((Int, Int) -> Void)?
      if Console.isTerminal {
        progress = { done, count in Console.progress("building: \(done) of \(count)") }
      } else {
        progress = nil
      }
      try index.add(labels: workload.labels, vectors: workload.base.values, threads: threads, progress: progress)
      return index
    }
    Console.endProgress()
    return (index, seconds)
  }
}
