import VectorStoreCore
enum VectorCoding {
  static func floats(_ b: UnsafeRawBufferPointer, type: PostgresTable.VectorType) throws -> [Float] {
    var r = PGReader(Array(b))
    if type == .sparsevec {
      let d: Int32 = r.integer() ?? 0, n: Int32 = r.integer() ?? 0, _: Int32? = r.integer()
      var f = [Float](repeating: 0, count: Int(d)); var idx: [Int] = []
      for _ in 0..<n { let i: Int32 = r.integer() ?? 0; idx.append(Int(i)) }
      for i in idx { let x: UInt32 = r.integer() ?? 0; f[i] = Float(bitPattern: x) }
      return f
    }
    let d: Int16 = r.integer() ?? 0; let _: Int16? = r.integer()
    return (0..<Int(d)).map { _ in let x: UInt32 = r.integer() ?? 0; return Float(bitPattern: x) }
  }
  static func bytes(_ v: [Float], _ type: PostgresTable.VectorType) -> [UInt8] {
    var b: [UInt8] = []
    if type == .sparsevec {
      let nz = v.indices.filter { v[$0] != 0 }
      b.append(bigEndian: Int32(v.count)); b.append(bigEndian: Int32(nz.count)); b.append(bigEndian: Int32(0))
      for i in nz { b.append(bigEndian: Int32(i)) }
      for i in nz { b.append(bigEndian: v[i].bitPattern) }
      return b
    }
    b.append(bigEndian: Int16(v.count)); b.append(bigEndian: Int16(0))
    for x in v { b.append(bigEndian: x.bitPattern) }
    return b
  }
  static func array(_ v: [[Float]], type: PostgresTable.VectorType, elementOID: UInt32) throws -> PGParameter { .array(0, of: elementOID, v.map { bytes($0, type) }) }
  static func parameter(_ v: [Float], type: PostgresTable.VectorType) throws -> PGParameter { PGParameter(bytes: bytes(v, type)) }
}
struct KeywordVector { var language: String; var isPrepared: Bool; func sql(of: SQLText) throws -> SQLText { "to_tsvector('simple'::regconfig, \(of))" } }
struct KeywordTrigger { var table: TableName; var content: SQLIdentifier; var keywords: SQLIdentifier; var vector: KeywordVector; func creation() throws -> [SQLText] { ["CREATE TRIGGER \(keywords) BEFORE INSERT OR UPDATE ON \(table.sql) FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(\(keywords), 'pg_catalog.simple', \(content))"] } }
struct KeywordSearch: Sendable {
  let k: CandidateRequest.Keywords; let filter: SQLText?; let scope: TableScope; let selection: RowSelection
  init?(_ k: CandidateRequest.Keywords, filter: SQLText?, scope: TableScope, selection: RowSelection) throws { (self.k, self.filter, self.scope, self.selection) = (k, filter, scope, selection) }
  func statement() -> SQLText {
    let v: SQLText
    switch selection.layout.keywords { case .column(let c, _): v = "\(c)"; default: v = "to_tsvector('simple'::regconfig, \(selection.layout.content))" }
    let q: SQLText = "plainto_tsquery('simple', \(bind: .text(k.text.filter { $0 != "\0" })))"
    return "SELECT \(selection.columns), ts_rank_cd(\(v), \(q))::float8 FROM \(selection.layout.name.sql) WHERE \(v) @@ \(q) \(filter.map { "AND (\($0))" } ?? "" as SQLText) \(scope.and) ORDER BY 3 DESC LIMIT \(k.count)"
  }
  var queryText: String { "" }
  func candidates(_ r: PGResult) throws -> [CandidateSet.Candidate] { try (0..<r.rowCount).map { .init(record: try selection.record(r, row: $0), value: r.double($0, selection.count) ?? 0) } }
}
