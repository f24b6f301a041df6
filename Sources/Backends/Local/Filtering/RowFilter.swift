// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A filter over rows: reads of each row what the filter looks at, and asks the filter itself.
struct RowFilter: Sendable {
  private let filter: Filter
  private let scanner: MetadataScanner
  /// What has to be read.
  let columns: RowScan.Columns

  init(_ filter: Filter) {
    self.filter = filter
    let fields = filter.fields
    scanner = MetadataScanner(keys: ColumnCache.topKeys(of: fields))
    columns = fields.allSatisfy { $0.metadataKeys != nil } ? .metadata : .all
  }

  /// Whether a row matches: the metadata, and the id and the content after it where ``columns`` says so.
  func matches(_ row: StatementRow, at index: Int) throws -> Bool {
    let metadata = try scanner.members(of: row.bytes(index))
    guard columns == .all else { return filter.matches(Document(content: "", metadata: metadata)) }
    return filter.matches(Document(id: try row.text(index + 1), content: try row.text(index + 2), metadata: metadata))
  }
}
