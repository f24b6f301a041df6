// SPDX-License-Identifier: Apache-2.0

/// Where the data of walking distances stands, so that a walk can ask for it before it computes.
struct WalkRows: @unchecked Sendable {
  let rows: UnsafeRawPointer
  let stride: Int
  /// Bytes of each row to ask for.
  let fetchedBytes: Int
  /// An array of 4- or 8-byte constants beside the rows.
  let constants: UnsafeRawPointer?
  let constantStride: Int

  /// Lines of a row that are asked for at most; the processor's own prefetcher follows a longer row.
  private static let lineLimit = 12

  init(rows: Section, constants: Section?) {
    self.rows = UnsafeRawPointer(rows.base)
    stride = rows.stride
    fetchedBytes = min(rows.stride, 64 * Self.lineLimit)
    self.constants = constants.map { UnsafeRawPointer($0.base) }
    constantStride = constants?.stride ?? 0
  }

  @inline(__always)
  func fetch(_ slot: Int) {
    prefetch(rows + slot &* stride, byteCount: fetchedBytes)
    if let constants { prefetch(constants + slot &* constantStride) }
  }
}
