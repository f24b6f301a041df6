// SPDX-License-Identifier: Apache-2.0

extension TableLayout {
  /// Where filters find the fields.
  var filterColumns: FilterColumns {
    FilterColumns(
      id: idText,
      idColumn: idType == .text ? nil : MetadataColumn(expression: "\(id)", typeName: idType.rawValue),
      content: "coalesce(\(content)::text, '')",
      json: json.map { FilterColumns.JSONColumn(column: "\($0)", isBinary: isJSONBinary) },
      metadata: members.map { (name: $0.name, column: $0.metadataColumn) })
  }
}

extension TableLayout.Member {
  /// The column as filters see it.
  var metadataColumn: MetadataColumn { MetadataColumn(expression: "\(column)", typeName: typeName) }
}
