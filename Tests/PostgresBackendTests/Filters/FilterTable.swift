// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// A table of documents, and what filters find in it by SQL and by the definition.
struct FilterTable {
  let connection: PlainConnection
  let columns: FilterColumns
  /// What the rows are as documents.
  let documents: [Document]
  let serverVersion: Int

  init(_ connection: PlainConnection, columns: FilterColumns, documents: [Document], serverVersion: Int? = nil) {
    (self.connection, self.columns, self.documents) = (connection, columns, documents)
    self.serverVersion = serverVersion ?? connection.serverVersion
  }

  /// The ids of what matches by SQL.
  func found(_ filter: Filter) throws -> [String] {
    let condition = try FilterTranslator(columns: columns, serverVersion: serverVersion).condition(filter)
    return try connection.texts("SELECT \(columns.id) FROM t WHERE \(condition)").compactMap { $0 }.sorted()
  }

  /// What SQL finds is what the definition says, and the same of the opposite.
  func check(_ filter: Filter, location: SourceLocation = #_sourceLocation) throws {
    for filter in [filter, .not(filter)] { try checkFound(filter, location: location) }
  }

  /// As ``check(_:location:)`` without the opposite.
  func checkFound(_ filter: Filter, location: SourceLocation = #_sourceLocation) throws {
    let expected = documents.filter { filter.matches($0) }.compactMap(\.id).sorted()
    let found = try found(filter)
    guard found != expected else { return }
    let wrong = Set(found).symmetricDifference(expected).sorted().prefix(3)
    let rows = documents.filter { wrong.contains($0.id ?? "") }.map { "\($0.id ?? ""): \($0.metadata)" }
    let sql = try FilterTranslator(columns: columns, serverVersion: serverVersion).condition(filter).statement()
    let side = found.contains(wrong.first ?? "") ? "wrongly found" : "not found"
    Issue.record("\(filter)\n\(side): \(rows.joined(separator: "\n"))\n\(sql.text)", sourceLocation: location)
  }
}
