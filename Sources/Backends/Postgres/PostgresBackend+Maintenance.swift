// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

extension PostgresBackend {
  public func statistics() async throws -> StoreStatistics {
    let state = try current()
    let status = try await indexStatus()
    let name = state.layout.name
    let recorded = try await recordedSpace()
    let sql: SQLText = """
      SELECT (SELECT sum(pg_catalog.pg_total_relation_size(p.relid)) FROM pg_catalog.pg_partition_tree(c.oid) p)::bigint,
      pg_catalog.pg_total_relation_size(c.oid), coalesce(s.n_dead_tup, 0), s.last_analyze::text, s.last_autovacuum::text,
      pg_catalog.current_setting('server_version'), pg_catalog.current_database()::text
      FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
      WHERE c.oid = pg_catalog.to_regclass(\(bind: .text("\(name.schema).\(name.table)")))
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    let bytes = max(result.int(0, 0) ?? 0, result.int(0, 1) ?? 0)
    var details = JSONObject()
    details["database"] = .string(result.text(0, 6) ?? "")
    details["table"] = .string(name.display)
    details["server"] = .string(result.text(0, 5) ?? "")
    details["pgvector"] = .string(vectorExtension.versionText)
    details["vector_type"] = .string(state.layout.vectorType.rawValue)
    details["dead_rows"] = .integer(Int64(result.int(0, 2) ?? 0))
    for (key, column) in [("last_analyze", 3), ("last_autovacuum", 4)] {
      if let moment = result.text(0, column) { details[key] = .string(moment) }
    }
    details["metadata_columns"] = .array(state.layout.members.map { .string($0.name) })
    if case .none = state.layout.keywords { details["keywords"] = false } else { details["keywords"] = true }
    let pool = engine.pool
    details["pool_size"] = .integer(Int64(pool.size))
    return StoreStatistics(
      count: try await count(filter: nil), space: recorded?.space, embedderName: recorded?.embedderName, bytes: bytes,
      index: status, details: details)
  }

  public func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport {
    let state = try current()
    return try await Verification(
      engine: engine, layout: state.layout, scope: scope(state), recorded: state.record?.space?.space,
      vectorExtension: vectorExtension
    ).run(progress: progress)
  }

  /// Vacuums the table and builds its vector index anew, while reads and writes go on. Space at the end of the table goes back
  /// to the system, the rest to later rows; `VACUUM FULL`, which gives back all and locks the table meanwhile, is left to you.
  public func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport {
    let state = try current(forWriting: true)
    let before = try await statistics().bytes ?? 0
    if state.index != nil { try await rebuildIndex(concurrently: true, progress: progress) }
    let sql: SQLText = "VACUUM (ANALYZE) \(state.layout.name.sql)"
    _ = try await engine.withConnection(isTimeLimited: false) {
      try await $0.execute(sql.statement(isPrepared: false))
    }
    return CompactionReport(bytesBefore: before, bytesAfter: try await statistics().bytes ?? 0)
  }

  public func backup(to path: String, progress: StoreProgress.Handler?) async throws {
    let state = try current()
    throw VectorStoreError(
      .unsupported,
      "a table of PostgreSQL is backed up by pg_dump --table '\(state.layout.name.display)', or by 'vectorstore export' to a file "
        + "that either home imports")
  }
}
