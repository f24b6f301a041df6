// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore

extension VerifyServer {
  /// Looks at the server and runs the body with a schema of its own, which is dropped whatever happens. Where the database has
  /// no pgvector, the extension is made in the schema, and goes with it.
  static func with<Result: Sendable>(
    _ url: String, _ body: (VerifyServer) async throws -> Result
  ) async throws -> Result {
    try await PostgresPool.lend(url) { engine in
      try await ScratchSchema.with(engine) { scratch in try await body(look(engine, scratch)) }
    }
  }

  private static func look(_ engine: PGEngine, _ scratch: SQLIdentifier) async throws -> VerifyServer {
    func run(_ sql: SQLText) async throws -> PGResult {
      try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    }
    let find: SQLText = """
      SELECT n.nspname::text, e.extversion, current_setting('server_version')
      FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'
      """
    var found = try await run(find)
    if found.rowCount == 0 {
      _ = try await run("CREATE EXTENSION vector SCHEMA \(scratch)")
      found = try await run(find)
    }
    guard let name = found.text(0, 0), let pgvector = found.text(0, 1), let version = found.text(0, 2) else {
      throw BenchError("the database has no pgvector, and CREATE EXTENSION vector did not make it")
    }
    let schema = try SQLIdentifier(name)
    return VerifyServer(
      engine: engine, scratch: scratch, schema: schema, version: version, pgvector: pgvector,
      types: try types(try await run(operators(in: schema))))
  }

  /// Types with the operators of pgvector between two of them.
  private static func operators(in schema: SQLIdentifier) -> SQLText {
    """
    SELECT t.typname::text, t.oid, o.oprname::text FROM pg_catalog.pg_operator o
    JOIN pg_catalog.pg_type t ON t.oid = o.oprleft AND t.oid = o.oprright
    JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE n.nspname = \(bind: .text(schema.name))
    """
  }

  private static func types(_ result: PGResult) throws -> [VectorColumnType: VerifyServer.ServerType] {
    var types: [VectorColumnType: VerifyServer.ServerType] = [:]
    for type in VectorColumnType.allCases {
      let rows = (0..<result.rowCount).filter { result.text($0, 0) == type.rawValue }
      guard let first = rows.first, let oid = result.int(first, 1) else { continue }
      let names = Set(rows.compactMap { result.text($0, 2) })
      types[type] = VerifyServer.ServerType(
        oid: UInt32(oid), metrics: type.metrics.filter { names.contains($0.operatorName) })
    }
    guard types[.vector] != nil else { throw BenchError("pgvector's schema has no operators of the type vector") }
    return types
  }
}
