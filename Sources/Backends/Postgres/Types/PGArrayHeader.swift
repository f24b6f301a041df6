// SPDX-License-Identifier: Apache-2.0

/// What stands before the elements of an array in binary form (`array_recv`).
struct PGArrayHeader {
  let element: UInt32
  let count: Int
  let hasNulls: Bool

  func write(to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int32(count > 0 ? 1 : 0))
    bytes.append(bigEndian: Int32(hasNulls ? 1 : 0))
    bytes.append(bigEndian: element)
    guard count > 0 else { return }
    bytes.append(bigEndian: Int32(clamping: count))
    bytes.append(bigEndian: Int32(1))
  }
}
