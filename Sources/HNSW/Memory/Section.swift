// SPDX-License-Identifier: Apache-2.0

/// An array of fixed-size records in a ``Region``: one kind of data of an index.
struct Section: Sendable {
  let region: Region
  /// Bytes from one record to the next.
  let stride: Int
  /// Records that the reserved address space can hold.
  let capacity: Int

  /// The most address space that one section reserves.
  private static let reservationLimit = 256 << 30

  init(stride: Int, wantedRecords: Int, minimumRecords: Int) throws(VectorIndexError) {
    let (wanted, wantedOverflow) = stride.multipliedReportingOverflow(by: wantedRecords)
    let (minimum, minimumOverflow) = stride.multipliedReportingOverflow(by: minimumRecords)
    guard !minimumOverflow else {
      throw VectorIndexError(.capacityExceeded, "\(minimumRecords) records of \(stride) bytes do not fit in memory")
    }
    let limit = max(minimum, Self.reservationLimit)
    self.stride = stride
    region = try Region(wanted: wantedOverflow ? limit : min(wanted, limit), minimum: minimum)
    capacity = region.reservedBytes / stride
  }

  @inline(__always)
  var base: UnsafeMutableRawPointer { region.base }

  @inline(__always)
  subscript(record: Int) -> UnsafeMutableRawPointer { region.base + record &* stride }

  @inline(__always)
  func pointer<T: ~Copyable>(_ type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    region.base.assumingMemoryBound(to: T.self)
  }
}
