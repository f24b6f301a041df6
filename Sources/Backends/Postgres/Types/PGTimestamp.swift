// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// `timestamptz` and `timestamp` in binary: microseconds since 2000.
package enum PGTimestamp {
  /// 2000-01-01T00:00:00Z in microseconds since 1970.
  private static let epoch: Int64 = 946_684_800_000_000
  /// The first moment that the server holds, in 4714 BC. Its last one lies beyond those of ``Timestamp``.
  private static let first: Int64 = -210_866_803_200_000_000

  /// The moment; one before the server's first becomes that.
  package static func bytes(_ moment: Timestamp) -> [UInt8] {
    .bigEndian(max(moment.microseconds, first) - epoch)
  }

  /// Nil for malformed bytes and for the infinities.
  package static func decode(_ bytes: some Collection<UInt8>) -> Timestamp? {
    var reader = PGReader(bytes)
    guard let value: Int64 = reader.integer(), reader.isAtEnd, value != .min, value != .max else { return nil }
    let (microseconds, overflow) = value.addingReportingOverflow(epoch)
    return overflow ? nil : Timestamp(microseconds: microseconds)
  }
}
