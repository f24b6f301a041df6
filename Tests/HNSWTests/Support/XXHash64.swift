// SPDX-License-Identifier: Apache-2.0

/// The checksum of the index file, written once more from its description, so that tests can sign files of their own.
enum XXHash64 {
  private static let p1: UInt64 = 11_400_714_785_074_694_791
  private static let p2: UInt64 = 14_029_467_366_897_019_727
  private static let p3: UInt64 = 1_609_587_929_392_839_161
  private static let p4: UInt64 = 9_650_029_242_287_828_579
  private static let p5: UInt64 = 2_870_177_450_012_600_261

  private static func rotl(_ x: UInt64, _ r: UInt64) -> UInt64 { x << r | x >> (64 - r) }
  private static func round(_ acc: UInt64, _ lane: UInt64) -> UInt64 { rotl(acc &+ lane &* p2, 31) &* p1 }

  static func hash(_ input: ArraySlice<UInt8>) -> UInt64 {
    input.withUnsafeBytes { bytes in
      func lane(_ at: Int) -> UInt64 { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
      var at = 0
      var acc = p5
      if bytes.count >= 32 {
        var v = [p1 &+ p2, p2, 0, 0 &- p1]
        while at + 32 <= bytes.count {
          for i in 0..<4 { v[i] = round(v[i], lane(at + 8 * i)) }
          at += 32
        }
        acc = rotl(v[0], 1) &+ rotl(v[1], 7) &+ rotl(v[2], 12) &+ rotl(v[3], 18)
        for i in 0..<4 { acc = (acc ^ round(0, v[i])) &* p1 &+ p4 }
      }
      acc = acc &+ UInt64(bytes.count)
      while at + 8 <= bytes.count {
        acc = rotl(acc ^ round(0, lane(at)), 27) &* p1 &+ p4
        at += 8
      }
      if at + 4 <= bytes.count {
        let half = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        acc = rotl(acc ^ UInt64(half) &* p1, 23) &* p2 &+ p3
        at += 4
      }
      while at < bytes.count {
        acc = rotl(acc ^ UInt64(bytes[at]) &* p5, 11) &* p1
        at += 1
      }
      acc = (acc ^ acc >> 33) &* p2
      acc = (acc ^ acc >> 29) &* p3
      return acc ^ acc >> 32
    }
  }
}
