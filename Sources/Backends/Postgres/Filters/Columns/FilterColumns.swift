// SPDX-License-Identifier: Apache-2.0

/// Where the fields of filters are in a table.
package struct FilterColumns: Sendable {
  /// The column that holds what no metadata column does.
  package struct JSONColumn: Sendable {
    /// The column.
    package var column: SQLText
    /// Whether it is of type jsonb; else json.
    package var isBinary: Bool

    package init(column: SQLText, isBinary: Bool) { (self.column, self.isBinary) = (column, isBinary) }
  }

  /// The id as text, never null, such as `"langchain_id"::text`.
  package var id: SQLText
  /// The id's own column, for an index to serve comparisons where its type is uuid or bigint; nil: ``id`` alone is used.
  package var idColumn: MetadataColumn?
  /// The content as text, never null.
  package var content: SQLText
  /// The JSON metadata; nil: there is none.
  package var json: JSONColumn?
  /// Metadata columns by name. They go before members of the JSON of the same name, also where they are null.
  package private(set) var metadata: [[UInt8]: MetadataColumn]

  /// - Parameter metadata: the name of each column, whose bytes of UTF-8 count, and the column.
  package init(
    id: SQLText, idColumn: MetadataColumn? = nil, content: SQLText, json: JSONColumn? = nil,
    metadata: [(name: String, column: MetadataColumn)] = []
  ) {
    (self.id, self.idColumn, self.content, self.json) = (id, idColumn, content, json)
    self.metadata = Dictionary(metadata.map { (Array($0.name.utf8), $0.column) }, uniquingKeysWith: { $1 })
  }

  /// The metadata column of this name.
  package func metadataColumn(_ name: String) -> MetadataColumn? { metadata[Array(name.utf8)] }
}
