// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

/// What the settings say of a table on PostgreSQL.
struct TableSettings {
  let settings: Settings

  /// - Parameter acquireTimeout: how long work waits for a connection; nil for as long as usual.
  func engineOptions(acquireTimeout: Duration? = nil) throws -> PGEngine.Options {
    var options = PGEngine.Options()
    if let acquireTimeout { options.acquireTimeout = acquireTimeout }
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
      table.metadataColumns = try Self.columns(setting.value).map { part in
        let (name, type) = Self.split(part)
        guard !name.isEmpty else { throw setting.fault("NAME or NAME:TYPE") }
        return PostgresTable.MetadataColumn(name, type: type)
      }
    }
    return table
  }

  /// The parts between commas, but for those in the brackets of a type such as numeric(10,2).
  private static func columns(_ text: String) -> [String] {
    var parts = [""]
    var isInType = false
    var isInBrackets = false
    for character in text {
      if character == ",", !isInBrackets {
        parts.append("")
        isInType = false
        continue
      }
      switch character {
      case ":": isInType = true
      case "(" where isInType: isInBrackets = true
      case ")": isInBrackets = false
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// A name and what comes after its last colon. A name may have colons itself where a type follows.
  private static func split(_ text: String) -> (name: String, type: String?) {
    guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
