// SPDX-License-Identifier: Apache-2.0

/// Letters without case, accents and width, one by one.
enum LetterFolding {
  /// Appends the folded form of a letter or digit.
  static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    if scalar.isASCII {
      let isUpper = ("A"..."Z").contains(scalar)
      text.unicodeScalars.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
      return
    }
    // Full-width ASCII.
    if (0xFF01...0xFF5E).contains(scalar.value), let narrow = Unicode.Scalar(scalar.value - 0xFEE0) {
      append(narrow, to: &text)
      return
    }
    if let base = latin[scalar] {
      text.unicodeScalars.append(base)
    } else if scalar == "ß" {
      text += "ss"
    } else {
      text += scalar.properties.lowercaseMapping
    }
  }

  /// Latin letters with accents to those without, by their names in Unicode: LATIN SMALL LETTER E WITH ACUTE. The
  /// standard library has no public decomposition.
  private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for value in [0xC0...0x24F, 0x1E00...0x1EFF].joined() {
      guard let scalar = Unicode.Scalar(UInt32(value)), let name = scalar.properties.name else { continue }
      let words = name.split(separator: " ")
      guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1,
        let letter = words[3].lowercased().unicodeScalars.first
      else { continue }
      table[scalar] = letter
    }
    return table
  }()
}
