// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A table's columns as they are, and what they are used for.
struct TableLayout: Sendable {
  /// A member of the metadata with a column of its own.
  struct Member: Sendable {
    let name: String
    let column: SQLIdentifier
    let type: SQLTypeName
    /// The type's own name, such as `int4`.
    let typeName: String
    let isNullable: Bool
    let hasDefault: Bool
  }

  /// Where the keyword search looks.
  enum Keywords: Sendable {
    case none
    /// The column, and whether a writer has to fill it.
    case column(SQLIdentifier, isFilled: Bool)
    case computed
  }

  let name: TableName
  let id: SQLIdentifier
  let idType: PostgresTable.IDType
  /// The id's type as the catalog has it, such as `text` or `character varying`.
  let idTypeName: SQLTypeName
  let content: SQLIdentifier
  let embedding: SQLIdentifier
  let vectorType: PostgresTable.VectorType
  /// The OID of the vector's type.
  let vectorOID: UInt32
  /// How many dimensions the column's type says; nil where it says none.
  let columnDimension: Int?
  let dimensionColumn: SQLIdentifier?
  let json: SQLIdentifier?
  let isJSONBinary: Bool
  let members: [Member]
  let keywords: Keywords
  /// PostgreSQL's text search configuration.
  let language: String
  /// Whether the keywords are of text that was prepared as a table of our own has it (accents folded, ideographs apart).
  let hasPreparedKeywords: Bool
  /// The columns of the unique key that an upsert goes by.
  let conflictKey: [SQLIdentifier]
  /// The metadata column that the table is divided by.
  let partitionColumn: SQLIdentifier?
  /// Whether each value has a partition of its own.
  let isListPartitioned: Bool

  /// The id as text.
  var idText: SQLText { idType == .text ? "\(id)::text" : "\(id)::text" }
  /// The order of the ids' bytes.
  var idOrder: SQLText {
    switch idType {
    case .text: "\(id) COLLATE \"C\""
    case .uuid: "\(id)"
    case .bigint: "(\(id)::text) COLLATE \"C\""
    }
  }
}
