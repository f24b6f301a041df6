// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// One engine with its index built, ready to be measured.
struct AnnRunner {
  private let workload: Workload
  private let tasks: [SearchTask]
  private let engine: any BenchEngine
  private let buildSeconds: Double

  /// Reads the data, computes the exact answers, and builds the index.
  init(_ options: AnnOptions) throws {
    workload = try Workload(options)
    tasks = try workload.tasks()
    (engine, buildSeconds) = try Self.build(workload, threads: options.query.threads)
    if let path = options.output.save {
      _ = try engine.save(to: path)
    }
  }

  private var options: AnnOptions { workload.options }

  /// The results without points and without memory.
  var description: AnnResult {
    AnnResult(
      engine: type(of: engine).name,
      version: BenchCommand.version,
      dataset: options.data.datasetName,
      n: workload.base.count,
      dim: workload.base.dimension,
      queries: workload.queries.count,
      k: options.query.k,
      metric: options.data.metric.rawValue,
      storage: options.index.storage.rawValue,
      params: engine.parameters,
      threads: options.query.threads,
      buildSeconds: buildSeconds.rounded(digits: 4),
      machine: .current)
  }

  /// Everything in one document.
  func measureOnce() throws -> AnnResult {
    var result = description
    result.points = try points()
    result.memory = try memory()
    return result
  }

  /// The points of one round, in the order of the filters and of `--ef`.
  func points(filters: Bool = true) throws -> [AnnPoint] {
    let measurement = PointMeasurement(
      queries: workload.queryRows, threads: options.query.threads, minSeconds: options.query.minSeconds)
    let efs = options.index.index == .exact ? [0] : options.query.ef.elements
    var points: [AnnPoint] = []
    for task in filters ? tasks : Array(tasks.prefix(1)) {
      for ef in efs {
        Console.progress("searching: ef \(ef) \(task.filter?.name ?? "")")
        let searcher = try engine.searcher(ef: ef, filter: task.filter, workload: workload)
        if points.isEmpty {
          _ = try searcher.batch()  // warms caches and lazily made buffers; not timed
        }
        points.append(try measurement.measure(searcher, ef: ef, task: task))
      }
    }
    Console.endProgress()
    return points
  }

  /// Builds the index once more, for its time.
  func rebuildSeconds(threads: Int) throws -> Double {
    try Self.build(workload, threads: threads).seconds.rounded(digits: 4)
  }

  /// What the saved index needs in a process of its own; `nil` for an engine without a file.
  func memory() throws -> MemoryResult? {
    try FreshProcess.withTemporaryFolder { folder in
      let path = options.output.save ?? folder.appendingPathComponent("ann.index").path
      guard try engine.save(to: path) else { return nil }
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
      var memory = try FreshProcess.run(
        [
          MemoryCommand.name, "--index", path, "--query", options.data.query,
          "--k", String(options.query.k), "--ef", String(options.query.ef.elements.max() ?? options.query.k),
          "--threads", String(options.query.threads),
        ], answering: MemoryResult.self)
      memory.indexBytes = size?.intValue
      return memory
    }
  }

  private static func build(_ workload: Workload, threads: Int) throws -> (engine: any BenchEngine, seconds: Double) {
    let (engine, seconds) = try Clocks.timed { () -> any BenchEngine in
      switch workload.options.index.index {
      case .hnsw: try HNSWEngine(workload, threads: threads)
      case .exact: try ExactEngine(workload)
      }
    }
    return (engine, seconds)
  }
}
