// SPDX-License-Identifier: Apache-2.0

/// IEEE 754 binary16, on bit patterns: Swift has no Float16 on all platforms.
package enum HalfFloat {
  /// The nearest half, of two the even one; nil for a finite number that rounds to infinity, as from ±65520 on.
  package static func bits(_ value: Float) -> UInt16? {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16 & 0x8000)
    let magnitude = bits & 0x7FFF_FFFF
    if magnitude >= 0x7F80_0000 { return sign | (magnitude > 0x7F80_0000 ? 0x7E00 : 0x7C00) }
    if magnitude >= 0x477F_F000 { return nil }
    // Below 2⁻¹⁴ the exponent is fixed: adding 2⁻¹ rounds to steps of 2⁻²⁴ in the last bits of the sum.
    if magnitude < 0x3880_0000 {
      let sum = Float(bitPattern: magnitude) + 0.5
      return sign | UInt16(truncatingIfNeeded: sum.bitPattern &- Float(0.5).bitPattern)
    }
    let isOdd = magnitude >> 13 & 1
    return sign | UInt16(truncatingIfNeeded: (magnitude &- 0x3800_0000 &+ 0xFFF &+ isOdd) >> 13)
  }

  /// The number of a bit pattern; all of them are exact.
  package static func float(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7FFF)
    if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13) }
    if magnitude >= 0x400 { return Float(bitPattern: sign | (magnitude << 13) + 0x3800_0000) }
    let value = Float(magnitude) * 0x1p-24
    return sign == 0 ? value : -value
  }

  /// The numbers of eight finite halves.
  ///
  /// Sign apart, a half's bits are those of a Float whose exponent is smaller by 112; multiplying by 2¹¹² is exact, also from
  /// subnormal numbers.
  @inline(__always)
  static func floats8(_ halves: SIMD8<UInt16>) -> SIMD8<Float> {
    let wide = SIMD8<UInt32>(truncatingIfNeeded: halves)
    let magnitudes = SIMD8<Float>(bitPattern: (wide & 0x7FFF) &<< 13) * 0x1p112
    return SIMD8<Float>(bitPattern: SIMD8<UInt32>(bits: magnitudes) | (wide & 0x8000) &<< 16)
  }
}
