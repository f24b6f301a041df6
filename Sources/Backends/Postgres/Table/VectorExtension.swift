// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The extension `vector` as a database has it. It may be in any schema, so that its types and operators are written with it.
package struct VectorExtension: Sendable, Hashable {
  package let schema: SQLIdentifier
  /// Such as 0.8.5.
  package let version: [Int]
  /// Whether the access method `hnsw` is there: from 0.5.0, unless it was dropped.
  package let hasHNSW: Bool

  package var versionText: String { version.map(String.init).joined(separator: ".") }
  /// Iterative scans came with 0.8.0.
  package var hasIterativeScan: Bool { !version.lexicographicallyPrecedes([0, 8]) }
  /// halfvec, sparsevec and indexes on bit came with 0.7.0.
  package var hasHalfVectors: Bool { !version.lexicographicallyPrecedes([0, 7]) }

  /// A type of the extension, or `bit`.
  package func type(_ type: PostgresTable.VectorType) -> SQLText {
    switch type {
    case .vector: "\(schema).vector"
    case .halfvec: "\(schema).halfvec"
    case .sparsevec: "\(schema).sparsevec"
    case .bit: "bit"
    }
  }

  /// The extension; nil where the database has none.
  package static func read(_ connection: PGConnection) async throws -> VectorExtension? {
    let sql: SQLText = """
      SELECT n.nspname, e.extversion, EXISTS (SELECT FROM pg_catalog.pg_am WHERE amname = 'hnsw')
      FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'
      """
    let result = try await connection.execute(sql.statement())
    guard result.rowCount > 0, let schema = result.text(0, 0), let version = result.text(0, 1) else { return nil }
    return VectorExtension(
      schema: try SQLIdentifier(schema, what: "schema of pgvector"),
      version: version.split(separator: ".").compactMap { Int($0) }, hasHNSW: result.bool(0, 2) ?? false)
  }

  /// Makes the extension where it is missing.
  ///
  /// - Throws: ``VectorStoreError/Code/unsupported`` where the server does not have it or does not allow it; the message says
  ///   what to do.
  package static func create(_ connection: PGConnection) async throws {
    do {
      // In the schema that the connection would make tables in.
      _ = try await connection.execute(PGStatement("CREATE EXTENSION IF NOT EXISTS vector", isPrepared: false))
    } catch let error as VectorStoreError {
      // Two at a time: the other has made it.
      if try await read(connection) != nil { return }
      throw VectorStoreError(
        .unsupported,
        "the database has no pgvector, and it could not be made (\(error.message)). Install pgvector on the server, then run "
          + "CREATE EXTENSION vector; as a user who may", context: error.context)
    }
  }
}
