// SPDX-License-Identifier: Apache-2.0

/// What an engine needs, as far as its runner tells; `MemoryResult` explains the figures.
package struct MemoryFigures: Codable, Equatable, Sendable {
  package var indexBytes: Int?
  package var residentBytes: Int?
  package var residentWithRowsBytes: Int?
  package var residentAnonymousBytes: Int?
  package var residentFileBytes: Int?
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
