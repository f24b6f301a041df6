// SPDX-License-Identifier: Apache-2.0

/// The words of a text as a lexical comparison sees them: in lower case, without accents, each with its place.
package struct FoldedWords {
  /// A word, or one character of a script that is written without spaces.
  package struct Word: Sendable {
    /// The word in folded form.
    package let text: String
    /// Where it is in the text.
    package let range: Range<String.Index>
    /// Whether it is a character of a script without spaces; neighbours in the list that touch make up a run.
    package let isIdeograph: Bool
  }

  /// The words, in the order of the text.
  package private(set) var words: [Word] = []

  /// The words of a text.
  ///
  /// - Complexity: O(n).
  package init(_ text: String) {
    let scalars = text.unicodeScalars
    var folded = ""
    var start: String.Index?
    for index in scalars.indices {
      let scalar = scalars[index]
      switch ScalarKind(scalar) {
      case .word:
        if start == nil { start = index }
        LetterFolding.append(scalar, to: &folded)
      case .mark:
        // An accent belongs to the word but does not count; alone it is nothing.
        continue
      case .ideograph:
        close(&folded, &start, at: index)
        words.append(Word(text: String(scalar), range: index..<scalars.index(after: index), isIdeograph: true))
      case .other:
        close(&folded, &start, at: index)
      }
    }
    close(&folded, &start, at: text.endIndex)
  }

  private mutating func close(_ folded: inout String, _ start: inout String.Index?, at end: String.Index) {
    if let first = start, !folded.isEmpty { words.append(Word(text: folded, range: first..<end, isIdeograph: false)) }
    folded = ""
    start = nil
  }

  /// What a scalar is to a word.
  private enum ScalarKind {
    case word, mark, ideograph, other

    init(_ scalar: Unicode.Scalar) {
      if scalar.isASCII {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": self = .word
        default: self = .other
        }
        return
      }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        self = Self.isWrittenWithoutSpaces(scalar.value) ? .ideograph : .word
      case .nonspacingMark, .enclosingMark, .spacingMark: self = .mark
      default: self = .other
      }
    }

    /// Thai to Khmer, kana, Han. Hangul has spaces.
    private static func isWrittenWithoutSpaces(_ value: UInt32) -> Bool {
      switch value {
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
        true
      default: false
      }
    }
  }
}
