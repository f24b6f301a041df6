// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// What is remembered of a collection beside its table.
struct CollectionRecord: Sendable {
  /// The recorded space; nil while none is.
  var space: RecordedSpace?
  /// The names of the columns, as they were given when the collection was made.
  var table: PostgresTable
  /// Whether the table was made by this package.
  var isOurs: Bool
}

/// The names of columns as JSON, as the companion table holds them.
enum RememberedColumns {
  static func json(_ table: PostgresTable) -> JSONObject {
    var object = JSONObject()
    object["id"] = table.idColumn.map { .string($0) }
    object["content"] = table.contentColumn.map { .string($0) }
    object["embedding"] = table.embeddingColumn.map { .string($0) }
    object["dimension"] = table.dimensionColumn.map { .string($0) }
    object["json"] = table.metadataJSONColumn.map { .string($0) }
    object["language"] = table.language.map { .string($0) }
    object["metadata"] = table.metadataColumns.map { columns in .array(columns.map { .string($0.name) }) }
    object["ignored"] = table.ignoredColumns.map { .array($0.map { .string($0) }) }
    switch table.keywords {
    case .trigger(let column): object["keywords"] = ["trigger": .string(column)]
    case .generated(let column): object["keywords"] = ["generated": .string(column)]
    case .computed: object["keywords"] = "computed"
    case .some(.none): object["keywords"] = "none"
    case nil: break
    }
    return object
  }

  /// What was asked for, with what is remembered where nothing was.
  static func join(_ wanted: PostgresTable, _ object: JSONObject) -> PostgresTable {
    var table = wanted
    table.idColumn = wanted.idColumn ?? object["id"]?.stringValue
    table.contentColumn = wanted.contentColumn ?? object["content"]?.stringValue
    table.embeddingColumn = wanted.embeddingColumn ?? object["embedding"]?.stringValue
    table.dimensionColumn = wanted.dimensionColumn ?? object["dimension"]?.stringValue
    table.metadataJSONColumn = wanted.metadataJSONColumn ?? object["json"]?.stringValue
    table.language = wanted.language ?? object["language"]?.stringValue
    if wanted.metadataColumns == nil, wanted.ignoredColumns == nil {
      table.metadataColumns = object["metadata"]?.arrayValue?.compactMap { $0.stringValue.map { .init($0) } }
      table.ignoredColumns = object["ignored"]?.arrayValue?.compactMap(\.stringValue)
    }
    table.keywords = wanted.keywords ?? keywords(object["keywords"])
    return table
  }

  private static func keywords(_ value: JSONValue?) -> PostgresTable.Keywords? {
    if let column = value?["trigger"]?.stringValue { return .trigger(column: column) }
    if let column = value?["generated"]?.stringValue { return .generated(column: column) }
    switch value?.stringValue {
    case "computed": return .computed
    case "none": return PostgresTable.Keywords.none
    default: return nil
    }
  }
}
