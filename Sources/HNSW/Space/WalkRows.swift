// SPDX-License-Identifier: Apache-2.0

/// Where the data of walking distances stands, so that a walk can ask for it before it computes.
///
/// Sendable: it holds addresses, which never move; what they hold is the space's business.
struct WalkRows: @unchecked Sendable {
  private let rows: UnsafeRawPointer
  private let stride: Int
  /// An array of 4- or 8-byte constants beside the rows.
  private let constants: UnsafeRawPointer?
  private let constantStride: Int
  /// Rows of a batch to ask for before the first distance; the kernels ask for those behind, as they go.
  let window: Int

  /// Cache lines asked for at a time: more would push each other out of the first-level cache before they are read.
  private static let lineBudget = 256

  init(rows: Section, constants: Section?) {
    self.rows = UnsafeRawPointer(rows.base)
    stride = rows.stride
    self.constants = constants.map { UnsafeRawPointer($0.base) }
    constantStride = constants?.stride ?? 0
    window = max(4, Self.lineBudget / max(1, rows.stride / 64))
  }

  @inline(__always)
  func row(_ slot: Int) -> UnsafeRawPointer { rows + slot &* stride }

  /// Asks for the row of the slot that is number `position` in a batch: at once for the first rows, and for later ones a
  /// level farther away.
  @inline(__always)
  func fetch(_ slot: Int, position: Int) {
    if position < window {
      fetch(slot)
    } else {
      prefetchFar(row(slot), byteCount: stride)
    }
  }

  /// Asks for a slot's row, all of it: a row that is asked for in part is waited for.
  @inline(__always)
  func fetch(_ slot: Int) {
    prefetch(row(slot), byteCount: stride)
    if let constants { prefetch(constants + slot &* constantStride) }
  }
}
