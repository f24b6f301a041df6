// SPDX-License-Identifier: Apache-2.0

/// One engine with its index built, ready to be measured.
struct AnnRunner {
  let workload: Workload
  /// The search without a filter first.
  let tasks: [SearchTask]
  let engine: any BenchEngine

  /// The threads that builds and batches use where nothing else is asked for.
  var threads: Int { workload.threads }

  /// The results without points and without memory.
  var description: AnnResult {
    AnnResult(
      engine: engine.name,
      version: BenchCommand.version,
      dataset: workload.name,
      n: workload.base.count,
      dim: workload.base.dimension,
      queries: workload.queries.count,
      k: workload.k,
      metric: workload.metricName.rawValue,
      storage: engine.storage,
      params: engine.parameters,
      threads: threads,
      buildSeconds: engine.buildSeconds.rounded(digits: 4),
      machine: .current,
      server: engine.server)
  }

  /// Everything in one document.
  func measureOnce() async throws -> AnnResult {
    var result = description
    result.points = try await points()
    result.memory = try await engine.memory()
    return result
  }

  /// The points of one round, in the order of the engine's sweeps, the filters, and the settings of a sweep.
  func points(filters: Bool = true) async throws -> [AnnPoint] {
    let measurement = PointMeasurement(
      queryCount: workload.queries.count, threads: threads, minSeconds: workload.minSeconds)
    var points: [AnnPoint] = []
    for sweep in engine.sweeps {
      for task in filters ? tasks : Array(tasks.prefix(1)) {
        for setting in sweep {
          Console.progress("searching: ef \(setting.ef) \(task.filter?.name ?? "")")
          let isFirst = points.isEmpty
          points.append(
            try await engine.withSearcher(setting, filter: task.filter) { searcher in
              // Warms caches and lazily made buffers; not timed.
              if isFirst { _ = try await searcher.batch() }
              return try await measurement.measure(searcher, ef: setting.ef, task: task)
            })
        }
      }
    }
    Console.endProgress()
    return points
  }
}
