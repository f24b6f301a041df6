// SPDX-License-Identifier: Apache-2.0

/// What an index needs in use: its file, and the growth of a fresh process that opens it and runs every query.
package struct MemoryResult: Codable, Equatable, Sendable {
  /// The size of the index file.
  package var indexBytes: Int?
  /// The growth of the resident memory. Rows that only rank results are dropped before, as the system may do at any time.
  package var residentBytes: Int?
  /// The same with the rows that the queries touched still there.
  package var residentWithRowsBytes: Int?
  /// The part of `residentBytes` that no file backs, and the part mapped from files, where the system tells.
  package var residentAnonymousBytes: Int?
  package var residentFileBytes: Int?
  /// How long opening took.
  package var openSeconds: Double?

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case indexBytes = "index_bytes"
    case residentBytes = "resident_bytes"
    case residentWithRowsBytes = "resident_with_rows_bytes"
    case residentAnonymousBytes = "resident_anonymous_bytes"
    case residentFileBytes = "resident_file_bytes"
    case openSeconds = "open_seconds"
  }
}
