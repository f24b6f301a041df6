// SPDX-License-Identifier: Apache-2.0

/// What a compaction gave back.
public struct CompactionReport: Sendable, Hashable {
  /// Bytes on disk before.
  public var bytesBefore: Int
  /// Bytes on disk after.
  public var bytesAfter: Int

  /// A report of these values.
  public init(bytesBefore: Int, bytesAfter: Int) {
    self.bytesBefore = bytesBefore
    self.bytesAfter = bytesAfter
  }
}
