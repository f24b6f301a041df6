// SPDX-License-Identifier: Apache-2.0

/// Builds indexes of pgvector's on a copy of the vectors.
struct PgvectorTuneBackend: TuneBackend {
  let table: FilledTable
  let workload: Workload

  var name: String { TuneEngine.pgvector.rawValue }

  func widthLimit(_ design: PgvectorDesign) -> Int {
    design.kind == .ivfflat ? design.lists : design.kind.widthLimit
  }

  func withIndex<Result: Sendable>(
    _ design: PgvectorDesign, _ body: (any BenchEngine) async throws -> Result
  ) async throws -> Result {
    // One knob: what a search of bits finds is all ranked again.
    let way = SearchWay(ranksAllFound: design.storage == .binary)
    let engine = try await PgvectorEngine(
      table, design: design, way: way, memory: nil, sweeps: [], workload: workload)
    let result = try await body(engine)
    try await engine.drop()
    return result
  }
}
