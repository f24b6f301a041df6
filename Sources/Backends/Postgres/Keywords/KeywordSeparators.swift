// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Characters between words: controls, spaces, punctuation and symbols. In text they become spaces before PostgreSQL's parser
/// sees it, which else takes `a.b` as the name of a host and, in the C locale, every character beyond ASCII as a letter.
enum KeywordSeparators {
  static let ranges: [ClosedRange<UInt32>] = [
    0x01...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0xA9, 0xAB...0xB1, 0xB4...0xB4, 0xB6...0xB8, 0xBB...0xBB,
    0xBF...0xBF, 0xD7...0xD7, 0xF7...0xF7, 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x245F, 0x2500...0x2BFF,
    0x2E00...0x2E7F, 0x3000...0x3004, 0x3008...0x3020, 0x3030...0x3030, 0x30FB...0x30FB, 0xFE10...0xFE1F,
    0xFE30...0xFE6F, 0xFEFF...0xFEFF, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
    0xFFE0...0xFFFF, 0x1F000...0x1FAFF, 0xE0000...0xE007F,
  ]

  /// Accents and other marks that are folded away.
  static let marks: ClosedRange<UInt32> = 0x0300...0x036F

  static func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }

  /// A bracket of a regular expression, for an `E'…'` constant.
  static func bracket(_ ranges: [ClosedRange<UInt32>]) -> SQLText {
    let parts = ranges.map { range in
      range.count == 1 ? escape(range.lowerBound) : "\(escape(range.lowerBound))-\(escape(range.upperBound))"
    }
    return SQLText(stringLiteral: "[\(parts.joined())]")
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return #"\\U"# + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
