// SPDX-License-Identifier: Apache-2.0

import HNSW
import Logging
public import VectorStoreCore

extension PostgresBackend {
  /// Makes the vector index, in the place of those that searches of this collection use.
  ///
  /// What the specification leaves open is chosen from the number of rows: m and ef_construction 16/64 below 100,000, 32/128 up
  /// to a million, 64/200 beyond; lists = rows / 1,000, beyond a million rows their square root. More than 2,000 dimensions are
  /// indexed in half precision, more than 4,000 by one bit a number. Where pgvector has no HNSW, an IVFFlat index is made and
  /// the log says so.
  public func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws {
    let state = try current(forWriting: true)
    guard specification.kind != .exact else { return try await dropIndex() }
    guard let dimension = scope(state).dimension ?? state.layout.columnDimension else {
      throw VectorStoreError(.invalidArgument, "the collection has no embedding space yet; record one first")
    }
    let rows = try await count(filter: nil)
    let choice = try IndexChoice(
      specification, rows: rows, dimension: dimension, vectorType: state.layout.vectorType, metric: metric(state),
      vectorExtension: vectorExtension)
    for warning in choice.warnings { options.logger.warning("\(warning)") }
    let statements = indexStatements(state)
    let old = try await replaceable(state)
    let final = statements.name
    let build = IndexBuild(
      engine: engine, layout: state.layout, threads: options.threads, rows: rows, dimension: dimension,
      progress: progress)
    if choice.specification.concurrently {
      let temporary = statements.temporaryName
      try await build.alone([statements.drop(temporary, concurrently: true)], building: false)
      do {
        try await build.alone([try statements.create(temporary, choice.specification, dimension: dimension)])
      } catch {
        // What a failed build leaves behind is invalid and only costs. It goes also where the caller's task was cancelled.
        await Task { try? await build.alone([statements.drop(temporary, concurrently: true)], building: false) }.value
        throw error
      }
      try await build.alone(old.map { statements.drop($0.name, concurrently: true) }, building: false)
      try await build.alone([statements.rename(temporary, to: final)], building: false)
    } else {
      try await build.together(
        old.map { statements.drop($0.name) }
          + [try statements.create(final, choice.specification, dimension: dimension)])
    }
    try await refreshIndex()
  }

  public func dropIndex() async throws {
    let state = try current(forWriting: true)
    let statements = indexStatements(state)
    for index in try await replaceable(state) {
      _ = try await engine.withConnection {
        try await $0.execute(statements.drop(index.name).statement(isPrepared: false))
      }
    }
    try await refreshIndex()
  }

  public func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws {
    let state = try current(forWriting: true)
    let statements = indexStatements(state)
    let rows = try await count(filter: nil)
    let build = IndexBuild(
      engine: engine, layout: state.layout, threads: options.threads, rows: rows,
      dimension: scope(state).dimension ?? 0, progress: progress)
    let indexes = try await replaceable(state)
    guard !indexes.isEmpty else {
      throw VectorStoreError(
        .notFound, "the table \(state.layout.name.display) has no vector index; 'index create' makes one")
    }
    for index in indexes {
      // What a rebuild that failed left behind.
      guard !index.name.name.hasSuffix("_ccnew"), !index.name.name.hasSuffix("_ccold") else {
        try await build.alone([statements.drop(index.name, concurrently: true)], building: false)
        continue
      }
      try await build.alone([statements.rebuild(index.name, concurrently: concurrently)])
    }
    try await refreshIndex()
  }

  public func indexStatus() async throws -> IndexStatus {
    let state = try current()
    let indexes = try await engine.withConnection { try await VectorIndex.read(state.layout, $0) }
    let scope = scope(state)
    let metric = metric(state)
    let best = VectorIndex.best(indexes, metric, scope)
    update { $0.index = best }
    var details: [String: String] = [:]
    for other in indexes where other != best {
      details["other index \(other.name.name)"] =
        other.isValid
        ? "not used: it is for \(other.metric?.rawValue ?? "other vectors")\(other.isPartial ? ", of some rows" : "")"
        : "invalid"
    }
    if let best {
      details["name"] = best.name.name
      return IndexStatus(
        state: .ready, specification: best.specification, bytes: best.bytes, details: details)
    }
    if let broken = indexes.first(where: { !$0.isValid }) {
      details["name"] = broken.name.name
      let isBuilding = try await isBuilding(state)
      return IndexStatus(
        state: isBuilding ? .building : .invalid, specification: broken.specification, bytes: broken.bytes,
        details: details)
    }
    return IndexStatus(state: .none, specification: IndexSpecification(.exact), details: details)
  }

  private func isBuilding(_ state: State) async throws -> Bool {
    let name = state.layout.name
    let sql: SQLText = """
      SELECT count(*) FROM pg_catalog.pg_stat_progress_create_index
      WHERE relid = pg_catalog.to_regclass(\(bind: .text("\(name.schema).\(name.table)")))
      """
    return try await engine.withConnection { try await $0.execute(sql.statement()) }.int(0, 0) ?? 0 > 0
  }

  private func indexStatements(_ state: State) -> IndexStatements {
    IndexStatements(
      layout: state.layout, scope: scope(state), vectorExtension: vectorExtension, metric: metric(state))
  }

  /// The indexes that a new one takes the place of: those of this metric and dimension, and invalid ones.
  private func replaceable(_ state: State) async throws -> [VectorIndex] {
    let indexes = try await engine.withConnection { try await VectorIndex.read(state.layout, $0) }
    let scope = scope(state)
    let metric = metric(state)
    return indexes.filter { index in
      guard index.isValid else { return true }
      return index.serves(metric, scope)
    }
  }
}
