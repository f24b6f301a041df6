// SPDX-License-Identifier: Apache-2.0

/// A part of a collection, in the order of the ids' bytes.
public struct RecordPage: Sendable {
  /// The records.
  public var records: [Record]
  /// What to give to the next call for the records after these; nil where there are none.
  public var cursor: String?

  /// A page of these parts.
  public init(records: [Record], cursor: String?) {
    self.records = records
    self.cursor = cursor
  }
}
