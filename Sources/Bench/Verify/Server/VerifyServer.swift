// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore

/// A database with pgvector, and a schema in it that is dropped at the end.
struct VerifyServer: Sendable {
  let engine: PGEngine
  /// The schema for everything that is made.
  let scratch: SQLIdentifier
  /// Where pgvector is.
  let schema: SQLIdentifier
  /// Such as 16.14.
  let version: String
  /// Such as 0.8.5.
  let pgvector: String
  /// What pgvector has: types, and the metrics that it has operators for.
  let types: [VectorColumnType: ServerType]

  /// A type of the server's with what there is for it.
  struct ServerType: Sendable {
    let oid: UInt32
    let metrics: [Metric]
  }

  /// What was left out since this pgvector does not have it, in words.
  var lacking: [String] {
    VectorColumnType.allCases.flatMap { type in
      guard let known = types[type], !known.metrics.isEmpty else { return ["\(type.rawValue): all"] }
      return type.metrics.filter { !known.metrics.contains($0) }.map { "\(type.rawValue): \($0.operatorName)" }
    }
  }

  /// The type in a statement; that of bits has to be said by a parameter's OID, as a cast would cut them to one.
  func cast(_ type: VectorColumnType, isArray: Bool = false) -> SQLText {
    guard type != .bit else { return "" }
    return "::\(schema).\(SQLText(stringLiteral: type.rawValue))\(isArray ? "[]" as SQLText : "")"
  }

  /// The type of a column without a dimension.
  func columnType(_ type: VectorColumnType) -> SQLText {
    type == .bit ? "bit varying" : "\(schema).\(SQLText(stringLiteral: type.rawValue))"
  }

  /// The operator, whatever the search path.
  func operation(_ metric: Metric) -> SQLText { "OPERATOR(\(schema).\(metric.sqlOperator))" }

  /// A bound vector.
  func parameter(_ type: VectorColumnType, _ bytes: [UInt8]) -> SQLText {
    "\(bind: PGParameter(type: type == .bit ? 1560 : 0, bytes: bytes))\(cast(type))"
  }

  /// Bound vectors as an array.
  func array(_ type: VectorColumnType, _ vectors: [[UInt8]]) -> SQLText {
    let oid = types[type]?.oid ?? 0
    return "\(bind: .array(type == .bit ? 1561 : 0, of: oid, vectors))\(cast(type, isArray: true))"
  }

  /// Runs one statement.
  func run(_ sql: SQLText, isPrepared: Bool = false) async throws -> PGResult {
    try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: isPrepared)) }
  }
}
