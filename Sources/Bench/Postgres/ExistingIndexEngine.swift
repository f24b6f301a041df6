// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// An index of pgvector's that a user has on a table. Nothing is written; all is in transactions that only read.
struct ExistingIndexEngine: BenchEngine {
  let server: ServerDescription?
  private let index: ExistingIndex
  private let way: SearchWay
  private let settings: [[SearchSetting]]
  private let searches: PgvectorSearches

  /// - Parameter sweeps: the settings to measure.
  init(
    _ table: ExistingTable, way: SearchWay, sweeps: [[SearchSetting]], workload: Workload, _ pool: PGEngine
  ) async throws {
    index = table.index
    self.way = way
    settings = sweeps
    let numbers = Dictionary(
      table.rows.ids?.enumerated().map { ($1, UInt64($0)) } ?? [], uniquingKeysWith: { first, _ in first })
    searches = PgvectorSearches(
      pool: pool, target: table.target, kind: index.kind, storage: index.storage, indexNames: index.allNames,
      id: table.id, label: { result, row in result.text(row, 0).flatMap { numbers[$0] } ?? .max },
      queries: workload.queryRows, ownRows: workload.ownRows.map(UInt64.init), way: way, k: workload.k)
    server = try await searches.description(table.target.vectorExtension, build: nil)
  }

  var name: String { index.kind.engineName(index.storage) }
  var storage: String { index.storage.rawValue }
  /// It was there.
  var buildSeconds: Double { 0 }

  var parameters: AnnParameters? {
    var parameters = index.statedParameters
    parameters.iterative = sweeps.compactMap(\.first?.iterative.rawValue)
    if index.storage != .vector { parameters.rerank = way.rerank(index.storage) }
    return parameters
  }

  var sweeps: [[SearchSetting]] { settings }

  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    try await searches.with(setting, condition: index.predicate, body)
  }

  /// - Throws: ``BenchError``, always: nothing is built on a user's table.
  func rebuildSeconds(threads: Int) throws -> Double {
    throw BenchError("an index that is there is not built anew")
  }

  func indexBytes() -> Int? { index.bytes }

  func memory() -> MemoryResult? {
    var memory = MemoryResult()
    memory.indexBytes = index.bytes
    return memory
  }
}
