// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension TableLayout {
  /// Where filters find the fields.
  var filterColumns: FilterColumns {
    FilterColumns(
      id: idText, content: "\(content)::text", json: json.map { (column: "\($0)", isBinary: isJSONBinary) },
      metadata: Dictionary(
        members.map { (ByteKey($0.name), FilterColumns.MetadataColumn(column: "\($0.column)", typeName: $0.typeName)) },
        uniquingKeysWith: { first, _ in first }))
  }
}
