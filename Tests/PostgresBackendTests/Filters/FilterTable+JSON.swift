// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

extension FilterTable {
  /// A table with a JSON column of these texts; those that the type does not take are left out.
  static func json(_ type: String, _ texts: [String], serverVersion: Int? = nil) throws -> FilterTable {
    let connection = try PlainConnection()
    let type = SQLText(stringLiteral: type)
    let contents = AwkwardFilters.strings + AwkwardFilters.dates
    let ids = texts.indices.map { "\(contents[$0 % contents.count])\($0)" }
    let rowContents = texts.indices.map { contents[$0 * 7 % contents.count] }
    try connection.run("SET search_path = pg_temp, public")
    try connection.rows("CREATE TEMP TABLE t (id text PRIMARY KEY, content text NOT NULL, meta \(type))")
    let isValid: SQLText = connection.serverVersion >= 160_000 ? "pg_input_is_valid(m, '\(type)')" : "TRUE"
    try connection.rows(
      """
      INSERT INTO t SELECT i, c, m::\(type) FROM \
      unnest(\(bind: .texts(ids)), \(bind: .texts(rowContents)), \(bind: .texts(texts))) AS u(i, c, m) WHERE \(isValid)
      """)
    return FilterTable(
      connection,
      columns: FilterColumns(
        id: "id", content: "content", json: .init(column: "meta", isBinary: type == "jsonb")),
      documents: try connection.rows("SELECT id, content, meta::text FROM t").map { row in
        let texts = row.map { $0.map { String(decoding: $0, as: UTF8.self) } }
        // Text that our parser does not read has no members.
        let metadata = texts[2].flatMap { try? JSONValue(parsing: $0) }?.objectValue
        return Document(id: texts[0], content: texts[1] ?? "", metadata: metadata ?? [:])
      }, serverVersion: serverVersion)
  }
}
