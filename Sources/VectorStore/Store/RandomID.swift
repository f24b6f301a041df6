// SPDX-License-Identifier: Apache-2.0

/// Ids for documents that have none.
enum RandomID {
  /// A random UUID (RFC 9562, version 4) in lower case.
  static func make(using random: inout some RandomNumberGenerator) -> String {
    let high = random.next() & ~0xF000 | 0x4000
    let low = random.next() & ~(0b11 << 62) | 0b10 << 62
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for place in 0..<32 {
      if place == 8 || place == 12 || place == 16 || place == 20 { bytes.append(UInt8(ascii: "-")) }
      let half = place < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
      bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
