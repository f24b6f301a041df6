// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import PostgresBackend

/// Searches through one index of pgvector's, by a statement that stays prepared on one connection.
struct PgvectorSearches: Sendable {
  let pool: PGEngine
  let target: VectorTarget
  let kind: PgvectorKind
  let storage: PgvectorStorage
  /// The index, with those of its partitions.
  let indexNames: Set<String>
  /// What a row is known by.
  let id: SQLText
  /// The number of the base row that a result's row names; a number beyond all rows for one that is none of them.
  let label: @Sendable (PGResult, Int) -> UInt64
  let queries: [[Float]]
  /// The row that a query was taken from, which is no answer to it; empty where queries are none of the rows.
  let ownRows: [UInt64]
  let way: SearchWay
  let k: Int

  /// Lends the searches at one setting. All is in a transaction that only reads, so that settings end with it.
  func with<Result: Sendable>(
    _ setting: SearchSetting, condition: SQLText?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result {
    let limit = ownRows.isEmpty ? k : k + 1
    let candidates = way.candidates(k: limit, storage, setting)
    let text = try target.nearest(
      id: id, k: limit, storage: storage, candidates: candidates, iterative: setting.iterative, condition: condition
    ).statement().text
    return try await pool.transaction(.snapshot, isTimeLimited: false) { connection in
      try await apply(setting, connection)
      let plan = try await plan(text, connection)
      // Parsed, prepared and its plan made.
      _ = try await connection.execute(statement(text, query: 0))
      return try await body(
        Searcher(
          one: { neighbors(try await connection.execute(try statement(text, query: $0)), query: $0) },
          batch: {
            let results = try await connection.pipeline(queries.indices.map { try statement(text, query: $0) })
            return zip(queries.indices, results).map { neighbors($1, query: $0) }
          },
          worksHere: false, iterative: setting.iterative.rawValue, plan: plan))
    }
  }

  /// The settings in force, as the results state them.
  func description(_ vectorExtension: VectorExtension, build: BuildSettings?) async throws -> ServerDescription {
    try await pool.transaction(.snapshot) { connection in
      try await apply(SearchSetting(ef: 1), connection)
      let version = try await connection.settings(["server_version"])["server_version"] ?? "unknown"
      return ServerDescription(
        version: "PostgreSQL \(version)", pgvector: vectorExtension.versionText,
        settings: try await connection.settings(Self.reported).merging(build?.description ?? [:]) { $1 })
    }
  }

  private static let reported = [
    "shared_buffers", "work_mem", "effective_cache_size", "jit", "enable_seqscan", "plan_cache_mode", "fsync",
    "hnsw.max_scan_tuples", "hnsw.scan_mem_multiplier",
  ]

  private func apply(_ setting: SearchSetting, _ connection: PGConnection) async throws {
    // The library is loaded by its first use; its settings are not known before.
    let load: SQLText =
      "SELECT \(target.vectorExtension.schema).vector_dims('[1]'::\(target.vectorExtension.schema).vector)"
    _ = try await connection.execute(load.statement())
    try await connection.set(kind.widthSetting, String(max(setting.ef, 1)))
    try await connection.set("statement_timeout", "0")
    // The plan is the same for every vector, so that making it anew each time would only cost.
    try await connection.set("plan_cache_mode", "force_generic_plan")
    if target.vectorExtension.hasIterativeScan {
      try await connection.set("\(kind.rawValue).iterative_scan", setting.iterative.setting)
      if let tuples = way.maxScanTuples, kind == .hnsw {
        try await connection.set("hnsw.max_scan_tuples", String(tuples))
      }
    }
    if way.planner == .index {
      for way in ["enable_seqscan", "enable_bitmapscan"] { try await connection.set(way, "off") }
    }
  }

  /// `nil` where the plan uses the index, else `seq`.
  ///
  /// - Throws: ``BenchError`` for the latter where the index has to be used.
  private func plan(_ text: String, _ connection: PGConnection) async throws -> String? {
    let explain = try statement("EXPLAIN (FORMAT JSON) " + text, query: 0, isPrepared: false)
    let json = try await connection.execute(explain).text(0, 0) ?? ""
    let tree = try JSONSerialization.jsonObject(with: Data(json.utf8))
    if !Self.indexes(in: tree).isDisjoint(with: indexNames) { return nil }
    guard way.planner == .free else {
      throw BenchError(
        "PostgreSQL does not use the index for this search: \(text). Its plan: \(json). "
          + "(--planner free measures what it does instead.)")
    }
    return "seq"
  }

  /// The names of all indexes in a plan.
  private static func indexes(in tree: Any) -> Set<String> {
    if let list = tree as? [Any] { return list.reduce(into: []) { $0.formUnion(indexes(in: $1)) } }
    guard let node = tree as? [String: Any] else { return [] }
    var names = node.values.reduce(into: Set<String>()) { $0.formUnion(indexes(in: $1)) }
    if let name = node["Index Name"] as? String { names.insert(name) }
    return names
  }

  private func statement(_ text: String, query: Int, isPrepared: Bool = true) throws -> PGStatement {
    PGStatement(text, parameters: [try .vector(queries[query], as: target.type)], isPrepared: isPrepared)
  }

  private func neighbors(_ result: PGResult, query: Int) -> [Neighbor] {
    var neighbors: [Neighbor] = []
    neighbors.reserveCapacity(result.rowCount)
    for row in 0..<result.rowCount {
      let label = label(result, row)
      if ownRows.isEmpty || label != ownRows[query] { neighbors.append(Neighbor(label: label, distance: 0)) }
    }
    return neighbors
  }
}
