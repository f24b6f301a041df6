// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// The HNSW graph.
struct HNSWEngine: BenchEngine {
  let name = "swift-hnsw"
  let buildSeconds: Double
  private let workload: Workload
  private let savePath: String?
  private let index: HNSWIndex

  /// Builds the index over the base of `workload`, and keeps its file at `savePath` where that is given.
  init(_ workload: Workload, configuration: HNSWConfiguration, savePath: String? = nil) throws {
    self.workload = workload
    self.savePath = savePath
    (index, buildSeconds) = try Self.build(workload, configuration, threads: workload.threads)
    if let savePath { try index.save(to: savePath) }
  }

  var storage: String { index.configuration.storage.rawValue }

  var parameters: AnnParameters? {
    let configuration = index.configuration
    return AnnParameters(
      m: configuration.m, efConstruction: configuration.efConstruction, seed: configuration.seed)
  }

  var sweeps: [[SearchSetting]] { [workload.widths.map { SearchSetting(ef: $0) }] }

  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    let view = index.view()
    var options = SearchOptions()
    options.efSearch = setting.ef
    if let filter {
      options.allow = try view.allowList(labels: filter.allowed.lazy.map(UInt64.init))
    }
    let (k, threads) = (workload.k, workload.threads)
    let (queries, rows) = (workload.queries.values, workload.queryRows)
    return try await body(
      Searcher(
        one: { [options] in try view.search(rows[$0], k: k, options: options) },
        batch: { [options] in try view.searchBatch(queries, k: k, options: options, threads: threads) }))
  }

  func rebuildSeconds(threads: Int) throws -> Double {
    try Self.build(workload, index.configuration, threads: threads).seconds
  }

  /// What the saved index needs in a process of its own.
  func memory() async throws -> MemoryResult? {
    try await withFile { path, folder in
      let queries = folder.appendingPathComponent("query.fvecs").path
      try VectorFileWriter.write(workload.queries, to: queries)
      var memory = try FreshProcess.run(
        [
          MemoryCommand.name, "--index", path, "--query", queries, "--k", String(workload.k),
          "--ef", String(workload.widths.max() ?? workload.k), "--threads", String(workload.threads),
        ], answering: MemoryResult.self)
      memory.indexBytes = try size(of: path)
      return memory
    }
  }

  /// The size of the saved index.
  func indexBytes() async throws -> Int? {
    try await withFile { path, _ in try size(of: path) }
  }

  /// Lends the file of the index, which is saved for that where it isn't kept, and a folder beside it.
  private func withFile<Result>(_ body: (String, URL) throws -> Result) async throws -> Result {
    try await FreshProcess.withTemporaryFolder { folder in
      if let savePath { return try body(savePath, folder) }
      let path = folder.appendingPathComponent("ann.index").path
      try index.save(to: path)
      return try body(path, folder)
    }
  }

  private func size(of path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
  }

  private static func build(
    _ workload: Workload, _ configuration: HNSWConfiguration, threads: Int
  ) throws -> (index: HNSWIndex, seconds: Double) {
    let labels = (0..<workload.base.count).map(UInt64.init)
    let (index, seconds) = try Clocks.timed {
      let index = try HNSWIndex(configuration)
      let progress: ((Int, Int) -> Void)?
      if Console.isTerminal {
        progress = { done, count in Console.progress("building: \(done) of \(count)") }
      } else {
        progress = nil
      }
      try index.add(labels: labels, vectors: workload.base.values, threads: threads, progress: progress)
      return index
    }
    Console.endProgress()
    return (index, seconds)
  }
}
