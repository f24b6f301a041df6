// SPDX-License-Identifier: Apache-2.0

import VectorStoreTesting

/// Kinds of numbers that a vector is made of: ordinary ones, and those at which sums in Float32 go wrong.
enum NumberKind: CaseIterable {
  case normal
  /// Small whole numbers, so that distances are equal often.
  case whole
  case zero
  case subnormal
  case tiny
  case huge
  /// About the root of the greatest number: squares overflow, or just not.
  case rootHuge
  /// Any bit pattern that is a number.
  case anyBits

  /// A number of the kind that the type can hold.
  func number(_ random: inout SeededGenerator, isHalf: Bool) -> Float {
    let sign: Float = random.oneIn(2) ? 1 : -1
    switch self {
    case .normal: return Float(random.normal())
    case .whole: return Float(random.below(7) - 3)
    case .zero: return random.oneIn(8) ? sign : sign * 0
    case .subnormal:
      return isHalf
        ? sign * Float(random.below(1_024)) * 0x1p-24
        : sign * Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & 0x7F_FFFF)
    case .tiny: return Float(random.normal()) * (isHalf ? 1e-4 : 1e-22)
    case .huge: return sign * Float(1 - 0.9 * random.uniform()) * (isHalf ? 65_504 : .greatestFiniteMagnitude)
    case .rootHuge: return Float(random.normal()) * (isHalf ? 200 : 0x1p63)
    case .anyBits:
      if isHalf { return Float(random.normal()) * Float(sign: .plus, exponent: random.below(38) - 24, significand: 1) }
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      return number.isFinite ? number : 1
    }
  }
}
