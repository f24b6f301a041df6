// SPDX-License-Identifier: Apache-2.0

/// A decimal number of any length, for exact comparison: ±0.d₁d₂d₃… × 10^exponent, without leading or trailing zeros
/// among the digits.
package struct ExactDecimal: Hashable, Sendable {
  package let isNegative: Bool
  /// 0…9, most significant first; empty for zero.
  package let digits: [UInt8]
  package let exponent: Int

  /// Exponents beyond this are cut off to it: such numbers compare as equal in magnitude when their digits do.
  package static let exponentLimit = 1_000_000_000_000_000

  package init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    let first = digits.firstIndex { $0 != 0 } ?? digits.count
    let end = (digits.lastIndex { $0 != 0 } ?? -1) + 1
    self.digits = first < end ? Array(digits[first..<end]) : []
    self.isNegative = isNegative && first < end
    self.exponent = first < end ? exponent - first : 0
  }

  /// From a text of JSON's number grammar, as `Int64.description` and `Double.description` of finite numbers also are.
  package init(literal: String) {
    var digits: [UInt8] = []
    var pointAt: Int?
    var negative = false
    var power = 0
    var powerNegative = false
    var inPower = false
    for byte in literal.utf8 {
      switch byte {
      case UInt8(ascii: "-") where inPower: powerNegative = true
      case UInt8(ascii: "-"): negative = true
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"): inPower = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if inPower {
          power = min(power * 10 + Int(digit), Self.exponentLimit)
        } else {
          digits.append(digit)
        }
      default: break
      }
    }
    self.init(
      isNegative: negative, digits: digits, exponent: (pointAt ?? digits.count) + (powerNegative ? -power : power))
  }

  /// The exact value of a finite Double, which has up to 767 digits; never its shortest decimal.
  package init(exactly value: Double) {
    // value = significand · 2^power, the significand an integer below 2^53.
    var significand = value.significandBitPattern
    var power = Int(value.exponentBitPattern) - 1075
    if value.exponentBitPattern == 0 { power = -1074 } else { significand |= 1 << 52 }
    var number = WideInteger(significand)
    var exponent = 0
    if significand != 0 {
      if power >= 0 {
        number.multiply(by: 2, times: power)
      } else {
        // m / 2^p = m · 5^p / 10^p
        number.multiply(by: 5, times: -power)
        exponent = power
      }
    }
    let digits = number.decimalDigits
    self.init(isNegative: value.sign == .minus, digits: digits, exponent: digits.count + exponent)
  }

  package func compared(to other: ExactDecimal) -> Ordering {
    if digits.isEmpty || other.digits.isEmpty || isNegative != other.isNegative {
      return Ordering.of(sign, other.sign)
    }
    let magnitudes: Ordering
    if exponent != other.exponent {
      magnitudes = Ordering.of(exponent, other.exponent)
    } else if digits == other.digits {
      magnitudes = .same
    } else {
      magnitudes = digits.lexicographicallyPrecedes(other.digits) ? .ascending : .descending
    }
    return isNegative ? magnitudes.reversed : magnitudes
  }

  /// The number by JSON's grammar, as an integer times a power of ten.
  package var literal: String {
    guard !digits.isEmpty else { return "0" }
    let power = exponent - digits.count
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return (isNegative ? "-" : "") + text + (power == 0 ? "" : "e\(power)")
  }

  private var sign: Int { digits.isEmpty ? 0 : (isNegative ? -1 : 1) }
}

/// A natural number in limbs of nine decimal digits, least significant first.
private struct WideInteger {
  private var limbs: [UInt64]
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    limbs = [value % Self.base, value / Self.base % Self.base, value / Self.base / Self.base]
  }

  mutating func multiply(by factor: UInt64, times: Int) {
    for _ in 0..<times {
      var carry: UInt64 = 0
      for place in limbs.indices {
        let product = limbs[place] * factor + carry
        limbs[place] = product % Self.base
        carry = product / Self.base
      }
      if carry > 0 { limbs.append(carry) }
    }
  }

  /// With leading zeros.
  var decimalDigits: [UInt8] {
    var digits: [UInt8] = []
    for limb in limbs.reversed() {
      var divisor = Self.base / 10
      while divisor > 0 {
        digits.append(UInt8(limb / divisor % 10))
        divisor /= 10
      }
    }
    return digits
  }
}
