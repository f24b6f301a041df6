// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Builds the graphs of this package, as the embedded store has them.
struct SwiftTuneBackend: TuneBackend {
  let workload: Workload

  var name: String { TuneEngine.swift.rawValue }

  func widthLimit(_ design: PgvectorDesign) -> Int { min(4_096, max(workload.base.count, 1)) }

  func withIndex<Result: Sendable>(
    _ design: PgvectorDesign, _ body: (any BenchEngine) async throws -> Result
  ) async throws -> Result {
    let configuration = HNSWConfiguration(
      dimension: workload.base.dimension, metric: workload.metric, m: design.m, efConstruction: design.efConstruction)
    return try await body(HNSWEngine(workload, configuration: configuration))
  }
}
