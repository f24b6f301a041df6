// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

/// What the settings say of a table on PostgreSQL.
struct TableSettings {
  let settings: Settings

  func engineOptions() throws -> PGEngine.Options {
    var options = PGEngine.Options()
    if let pgbouncer = settings[.pgbouncer] { options.isBehindPgBouncer = try pgbouncer.flag() }
    return options
  }

  func table() throws -> PostgresTable {
    var table = PostgresTable(
      schema: settings[.schema]?.value, createsSchema: true, contentColumn: settings[.contentColumn]?.value,
      embeddingColumn: settings[.embeddingColumn]?.value, dimensionColumn: settings[.dimensionColumn]?.value,
      metadataJSONColumn: settings[.metadataJSONColumn]?.value, language: settings[.language]?.value)
    if let setting = settings[.idColumn] {
      let (name, type) = Self.split(setting.value)
      table.idColumn = name
      if let type {
        guard let known = PostgresTable.IDType(rawValue: type) else {
          throw setting.fault("NAME, NAME:text, NAME:uuid or NAME:bigint")
        }
        table.idType = known
      }
    }
    if let setting = settings[.vectorType] {
      guard let type = PostgresTable.VectorType(rawValue: setting.value) else {
        throw setting.fault(PostgresTable.VectorType.allCases.map(\.rawValue).joined(separator: ", "))
      }
      table.vectorType = type
    }
    if let setting = settings[.metadataColumns] {
      table.metadataColumns = try setting.value.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let (name, type) = Self.split(String(part))
        guard !name.isEmpty else { throw setting.fault("NAME or NAME:TYPE") }
        return PostgresTable.MetadataColumn(name, type: type)
      }
    }
    return table
  }

  /// A name and what comes after its last colon. A name may have colons itself where a type follows.
  private static func split(_ text: String) -> (name: String, type: String?) {
    guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
