// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column as the server's catalog has it.
struct CatalogColumn: Sendable {
  let name: String
  /// The type without its length, as SQL has it.
  let type: SQLTypeName
  /// The type's own name, such as `int4` or `vector`.
  let typeName: String
  /// The type's OID, which for pgvector's types is another in each database.
  let typeOID: UInt32
  /// The type's modifier: dimensions of a vector; −1 where there is none.
  let modifier: Int
  let isNotNull: Bool
  let hasDefault: Bool
  let isGenerated: Bool
}

/// A table as the server's catalog has it.
struct CatalogTable: Sendable {
  let columns: [CatalogColumn]
  /// The columns of each unique index on whole columns of all rows, the primary key first.
  let uniqueKeys: [[String]]
  /// The columns that the table is divided by; nil where it is not.
  let partitionKey: [String]?
  /// `l`, `h`, `r`: how it is divided.
  let partitionStrategy: String?
  /// Names of functions of the table's row triggers before INSERT.
  let triggers: [String]

  func column(_ name: String) -> CatalogColumn? { columns.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The table; nil where there is none.
  static func read(_ name: TableName, _ connection: PGConnection) async throws -> CatalogTable? {
    let found: SQLText = """
      SELECT c.oid::bigint, c.relkind::text, p.partstrat::text FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.oid
      WHERE n.nspname = \(bind: .text(name.schema.name)) AND c.relname = \(bind: .text(name.table.name))
      """
    let table = try await connection.execute(found.statement())
    guard table.rowCount > 0, let oid = table.int(0, 0), let kind = table.text(0, 1) else { return nil }
    guard kind == "r" || kind == "p" else {
      throw VectorStoreError(
        .schemaMismatch, "\(name.display) is no table (its kind is '\(kind)'); a collection needs a table",
        context: [.table: name.display])
    }
    let columns: SQLText = """
      SELECT a.attname::text, pg_catalog.format_type(a.atttypid, NULL), t.typname::text, a.atttypid::bigint, a.atttypmod,
      a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> ''
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = \(bind: .int8(Int64(oid)))::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
      """
    let keys: SQLText = """
      SELECT ARRAY(SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY k(number, place)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY k.place)::text
      FROM pg_catalog.pg_index i
      WHERE i.indrelid = \(bind: .int8(Int64(oid)))::oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
      AND i.indisvalid ORDER BY NOT i.indisprimary, i.indexrelid
      """
    let jsonKeys: SQLText = "SELECT to_jsonb(k::text[])::text FROM (\(keys)) AS keys(k)"
    let partition: SQLText = """
      SELECT a.attname::text FROM pg_catalog.pg_partitioned_table p
      CROSS JOIN unnest(p.partattrs::int2[]) WITH ORDINALITY k(number, place)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.number
      WHERE p.partrelid = \(bind: .int8(Int64(oid)))::oid ORDER BY k.place
      """
    let triggers: SQLText = """
      SELECT p.proname::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgrelid = \(bind: .int8(Int64(oid)))::oid AND NOT t.tgisinternal AND (t.tgtype & 7) = 7
      """
    let results = try await connection.pipeline([
      columns.statement(), jsonKeys.statement(), partition.statement(), triggers.statement(),
    ])
    guard results.count == 4 else { throw VectorStoreError(.backend, "the server's catalog gave no answer") }
    let strategy = table.text(0, 2)
    return CatalogTable(
      columns: try (0..<results[0].rowCount).compactMap { try column(results[0], $0) },
      uniqueKeys: try (0..<results[1].rowCount).map { row in
        try JSONValue(parsing: results[1].text(row, 0) ?? "[]").arrayValue?.compactMap(\.stringValue) ?? []
      },
      partitionKey: strategy == nil ? nil : (0..<results[2].rowCount).compactMap { results[2].text($0, 0) },
      partitionStrategy: strategy,
      triggers: (0..<results[3].rowCount).compactMap { results[3].text($0, 0) })
  }

  private static func column(_ result: PGResult, _ row: Int) throws -> CatalogColumn? {
    guard let name = result.text(row, 0), let type = result.text(row, 1), let typeName = result.text(row, 2),
      let oid = result.int(row, 3), let modifier = result.int(row, 4)
    else { return nil }
    return CatalogColumn(
      name: name, type: SQLTypeName(catalog: type), typeName: typeName, typeOID: UInt32(truncatingIfNeeded: oid),
      modifier: modifier, isNotNull: result.bool(row, 5) ?? false, hasDefault: result.bool(row, 6) ?? false,
      isGenerated: result.bool(row, 7) ?? false)
  }
}
