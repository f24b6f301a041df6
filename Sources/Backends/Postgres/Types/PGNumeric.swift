// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// `numeric` in binary: digits of base 10,000 (`numeric_recv`).
package enum PGNumeric {
  /// How many decimal digits the server holds before the point.
  package static let integerDigitLimit = 131_072
  /// How many it holds after the point.
  package static let scaleLimit = 16_383

  /// The number, of at most ``integerDigitLimit`` digits before and ``scaleLimit`` after the point.
  package static func bytes(_ value: ExactDecimal) -> [UInt8] {
    // In groups of four digits, aligned to the point: 0.d₁d₂… · 10^exponent.
    let weight = (value.exponent + 3).flooredQuotient(by: 4) - 1
    let leading = (weight + 1) * 4 - value.exponent
    let digits = Array(repeating: UInt8(0), count: leading) + value.digits
    var groups: [Int16] = []
    for start in stride(from: 0, to: value.digits.isEmpty ? 0 : digits.count, by: 4) {
      groups.append(
        (start..<start + 4).reduce(0) { $0 * 10 + Int16($1 < digits.count ? digits[$1] : 0) })
    }
    let scale = max(0, value.digits.count - value.exponent)
    var bytes: [UInt8] = []
    bytes.append(bigEndian: Int16(clamping: groups.count))
    bytes.append(bigEndian: Int16(clamping: groups.isEmpty ? 0 : weight))
    bytes.append(bigEndian: UInt16(value.isNegative ? 0x4000 : 0))
    bytes.append(bigEndian: UInt16(clamping: groups.isEmpty ? 0 : scale))
    for group in groups { bytes.append(bigEndian: group) }
    return bytes
  }
}

extension Int {
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
