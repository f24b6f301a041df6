import VectorStoreCore
public import Logging
package enum PGTransactionMode { case readWrite, snapshot }
package final class PGConnection: Sendable {
  package var serverVersion: Int { 160000 }
  package func execute(_ s: PGStatement) async throws -> PGResult { PGResult() }
  package func pipeline(_ s: [PGStatement]) async throws -> [PGResult] { [] }
}
package final class PGResult: Sendable {
  var rowCount: Int { 0 }; var affectedRows: Int { 0 }
  func text(_ r: Int, _ c: Int) -> String? { nil }
  func int(_ r: Int, _ c: Int) -> Int? { nil }
  func bool(_ r: Int, _ c: Int) -> Bool? { nil }
  func double(_ r: Int, _ c: Int) -> Double? { nil }
  func bytes<R>(_ r: Int, _ c: Int, _ b: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? { nil }
}
public struct PoolStatistics: Sendable { public var size = 0 }
public final class PGEngine: Sendable {
  public struct Options: Sendable {
    public init() {}; public var maximumSize = 10; public var logger = Logging.Logger(label: "x")
  }
  public init(_ s: String, options: Options = .init()) throws {}
  public var pool: PoolStatistics { PoolStatistics() }
  public func close() async {}
  var isBehindPgBouncer: Bool { false }
  package func withConnection<R: Sendable>(_ body: (PGConnection) async throws -> R) async throws -> R {
    try await body(PGConnection())
  }
  package func transaction<R: Sendable>(
    _ mode: PGTransactionMode = .readWrite, retries: Int = 0, _ body: (PGConnection) async throws -> R
  ) async throws -> R { try await body(PGConnection()) }
}
extension PGParameter {
  static func text(_ v: String) -> PGParameter { PGParameter(bytes: nil) }
  static func int4(_ v: Int32) -> PGParameter { PGParameter(bytes: nil) }
  static func int8(_ v: Int64) -> PGParameter { PGParameter(bytes: nil) }
  static func bool(_ v: Bool) -> PGParameter { PGParameter(bytes: nil) }
  static func texts(_ v: [String?]) -> PGParameter { PGParameter(bytes: nil) }
}
enum VectorCoding {
  static func floats(_ b: UnsafeRawBufferPointer, type: PostgresTable.VectorType) throws -> [Float] { [] }
  static func array(_ v: [[Float]], type: PostgresTable.VectorType, elementOID: UInt32) throws -> PGParameter {
    PGParameter(bytes: nil)
  }
  static func parameter(_ v: [Float], type: PostgresTable.VectorType) throws -> PGParameter { PGParameter(bytes: nil) }
}
struct FilterColumns: Sendable {
  struct MetadataColumn: Sendable { var column: SQLText; var typeName: String }
  var id: SQLText, content: SQLText
  var json: (column: SQLText, isBinary: Bool)?
  var metadata: [ByteKey: MetadataColumn]
  static func jsonValue(of s: SQLText, typeName: String) -> SQLText { s }
}
struct FilterTranslator {
  init(columns: FilterColumns, serverVersion: Int) {}; func condition(_ f: Filter) throws -> SQLText { "" }
}
struct KeywordVector { var language: String; var isPrepared: Bool; func sql(of: SQLText) throws -> SQLText { of } }
struct KeywordTrigger {
  var table: TableName; var content: SQLIdentifier; var keywords: SQLIdentifier; var vector: KeywordVector;
  func creation() throws -> [SQLText] { [] }
}
struct KeywordSearch: Sendable {
  init?(_ k: CandidateRequest.Keywords, filter: SQLText?, scope: TableScope, selection: RowSelection) throws {
    return nil
  }
  func statement() -> SQLText { "" }
  var queryText: String { "" }
  func candidates(_ r: PGResult) throws -> [CandidateSet.Candidate] { [] }
}
