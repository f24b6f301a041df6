// SPDX-License-Identifier: Apache-2.0

/// Makes a Float of a decimal, byte by byte.
///
/// A mantissa below 2⁵³ and a power of ten up to 10²² are exact in a Double, so their quotient or product is the nearest
/// Double (Clinger, "How to Read Floating Point Numbers Accurately", 1990). That is most numbers; others are left to the
/// standard library.
struct DecimalParser {
  private enum Part { case start, whole, fraction, exponentSign, exponent }

  private var part = Part.start
  private var isNegative = false
  private var mantissa: UInt64 = 0
  private var digits = 0
  private var scale = 0
  private var exponent = 0
  private var exponentIsNegative = false
  private var exponentDigits = 0

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// Takes the next byte; false if it is not part of the number.
  mutating func take(_ byte: UInt8) -> Bool {
    let digit = byte &- UInt8(ascii: "0")
    if digit < 10 { return take(digit: digit) }
    switch (part, byte) {
    case (.start, UInt8(ascii: "-")) where !isNegative: isNegative = true
    case (.whole, UInt8(ascii: ".")): part = .fraction
    case (.whole, UInt8(ascii: "e")), (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")),
      (.fraction, UInt8(ascii: "E")):
      part = .exponentSign
    case (.exponentSign, UInt8(ascii: "-")): (part, exponentIsNegative) = (.exponent, true)
    case (.exponentSign, UInt8(ascii: "+")): part = .exponent
    default: return false
    }
    return true
  }

  private mutating func take(digit: UInt8) -> Bool {
    switch part {
    case .exponentSign, .exponent:
      part = .exponent
      exponentDigits += 1
      exponent = min(exponent * 10 + Int(digit), 100_000)
    case .start, .whole, .fraction:
      if part == .start { part = .whole }
      if part == .fraction { scale += 1 }
      // 18 digits fit in any case; with more the number is long.
      if mantissa > 0 || digit > 0 { digits += 1 }
      if digits <= 18 { mantissa = mantissa * 10 + UInt64(digit) }
    }
    return true
  }

  /// Whether what was taken ends as a number does.
  private var isComplete: Bool {
    switch part {
    case .whole: true
    case .fraction: scale > 0
    case .exponent: exponentDigits > 0
    case .start, .exponentSign: false
    }
  }

  private var power: Int { (exponentIsNegative ? -exponent : exponent) - scale }

  private var isShort: Bool { digits <= 18 && mantissa < 1 << 53 && abs(power) <= 22 }

  /// The number; nil for what is none and for one that is long.
  var number: Float? {
    guard isComplete, isShort else { return nil }
    let whole = Double(mantissa)
    let value = power < 0 ? whole / Self.powersOfTen[-power] : whole * Self.powersOfTen[power]
    return Float(isNegative ? -value : value)
  }

  /// Whether it is a number that the standard library has to read.
  var isLong: Bool { isComplete && !isShort }
}
