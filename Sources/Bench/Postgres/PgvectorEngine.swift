// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// An index of pgvector's on a table of our own.
struct PgvectorEngine: BenchEngine {
  let buildSeconds: Double
  let server: ServerDescription?
  private let design: PgvectorDesign
  private let way: SearchWay
  private let settings: [[SearchSetting]]
  private let searches: PgvectorSearches
  private let builder: PgvectorBuilder

  /// Builds the index that `design` says on a table that is filled.
  ///
  /// - Parameters:
  ///   - sweeps: the settings to measure.
  ///   - memory: `maintenance_work_mem` in MiB; what the graph needs where it is `nil`.
  init(
    _ table: FilledTable, design: PgvectorDesign, way: SearchWay, memory: Int?, sweeps: [[SearchSetting]],
    workload: Workload
  ) async throws {
    self.design = design
    self.way = way
    settings = sweeps
    builder = PgvectorBuilder(
      table: table, design: design, memory: memory, rows: workload.base.count, threads: workload.threads)
    buildSeconds = try await builder.build(PgvectorBuilder.name)
    searches = PgvectorSearches(
      pool: table.pool, target: table.target, kind: design.kind, storage: design.storage,
      indexNames: [PgvectorBuilder.name.name], id: ScratchTable.id,
      label: { result, row in result.int(row, 0).flatMap(UInt64.init(exactly:)) ?? .max },
      queries: workload.queryRows, ownRows: [], way: way, k: workload.k)
    server = try await searches.description(table.target.vectorExtension, build: builder.settings(builder.threads))
  }

  var name: String { design.kind.engineName(design.storage) }
  var storage: String { design.storage.rawValue }

  var parameters: AnnParameters? {
    var parameters = design.parameters
    parameters.iterative = sweeps.compactMap(\.first?.iterative.rawValue)
    if design.storage != .vector { parameters.rerank = way.rerank(design.storage) }
    return parameters
  }

  var sweeps: [[SearchSetting]] { settings }

  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    try await searches.with(setting, condition: filter.flatMap { ScratchTable.condition($0.rule) }, body)
  }

  func rebuildSeconds(threads: Int) async throws -> Double {
    let second = SQLIdentifier(known: "items_second")
    let seconds = try await builder.build(second, threads: threads)
    try await builder.drop(second)
    return seconds
  }

  func indexBytes() async throws -> Int? { try await builder.bytes(PgvectorBuilder.name) }

  /// The size of the index. What it needs of the server's memory nobody else can tell.
  func memory() async throws -> MemoryResult? {
    var memory = MemoryResult()
    memory.indexBytes = try await indexBytes()
    return memory
  }

  /// Drops the index, so that another can be built on the table.
  func drop() async throws {
    try await builder.drop(PgvectorBuilder.name)
  }
}
