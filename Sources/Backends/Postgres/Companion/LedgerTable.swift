// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The ledger of sync: which source each document came from, and its hashes.
struct LedgerTable: Sendable {
  let companion: CompanionTables
  let layout: TableLayout

  /// Entries of sources, or all. An entry whose document has gone, deleted by another program, is none.
  func entries(sources: [String]?, _ connection: PGConnection) async throws -> [LedgerEntry] {
    guard try await companion.arePresent(connection) else { return [] }
    var sql: SQLText = """
      SELECT l.source, l.id, l.hash, l.text_hash FROM \(companion.ledger) l
      WHERE l.table_name = \(bind: .text(companion.name.table.name))
      AND EXISTS (SELECT FROM \(layout.name.sql) t WHERE t.\(layout.id) = \(id(of: "l.id")))
      """
    if let sources { sql += " AND l.source = ANY(\(bind: .texts(sources)))" }
    sql += " ORDER BY l.source, l.id"
    let result = try await connection.execute(sql.statement())
    return (0..<result.rowCount).map { row in
      LedgerEntry(
        source: result.text(row, 0) ?? "", id: result.text(row, 1) ?? "", hash: result.text(row, 2) ?? "",
        textHash: result.text(row, 3) ?? "")
    }
  }

  /// The statement that writes entries; of several of one document the last counts.
  func upsert(_ entries: [LedgerEntry]) -> SQLText {
    var last: [ByteKey: LedgerEntry] = [:]
    for entry in entries { last[ByteKey(entry.id)] = entry }
    let rows = last.values.sorted { ByteOrder.precedes($0.id, $1.id) }
    return """
      INSERT INTO \(companion.ledger) AS l (table_name, id, source, hash, text_hash)
      SELECT \(bind: .text(companion.name.table.name)), e.id, e.source, e.hash, e.text_hash
      FROM unnest(\(bind: .texts(rows.map(\.id))), \(bind: .texts(rows.map(\.source))),
      \(bind: .texts(rows.map(\.hash))), \(bind: .texts(rows.map(\.textHash)))) AS e(id, source, hash, text_hash)
      ON CONFLICT (table_name, id) DO UPDATE SET source = EXCLUDED.source, hash = EXCLUDED.hash,
      text_hash = EXCLUDED.text_hash
      """
  }

  /// The statement that deletes the entries of documents.
  func delete(ids: [String]) -> SQLText {
    """
    DELETE FROM \(companion.ledger) WHERE table_name = \(bind: .text(companion.name.table.name))
    AND id = ANY(\(bind: .texts(ids)))
    """
  }

  /// A text as an id of the table's type; NULL where it is none.
  private func id(of text: SQLText) -> SQLText {
    switch layout.idType {
    case .text: text
    case .uuid: "CASE WHEN \(text) ~ '^[0-9a-f-]{36}$' THEN \(text)::uuid END"
    case .bigint: "CASE WHEN \(text) ~ '^-?[0-9]{1,18}$' THEN \(text)::bigint END"
    }
  }
}
