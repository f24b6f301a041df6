// SPDX-License-Identifier: Apache-2.0

extension [Float] {
  /// Whether there is neither a NaN nor an infinity. Without a branch for each number, which every search would pay for.
  var isFinite: Bool {
    var largest: UInt32 = 0
    for number in self { largest = Swift.max(largest, number.bitPattern & 0x7FFF_FFFF) }
    return largest < 0x7F80_0000
  }
}
