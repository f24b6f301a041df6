// SPDX-License-Identifier: Apache-2.0

/// How many tokens a text may have, without a tokenizer.
///
/// Letters of ASCII count a third each, a word at least one: English has some four letters a token. Digits and
/// punctuation count one each, other alphabets one a letter, Chinese, Japanese, Korean and what else takes three bytes of UTF-8
/// one and a half, emoji three. So ordinary text is estimated at one to two times what the tokenizers of OpenAI (cl100k)
/// and Qwen make of it. Random letters, as in base64, may have more tokens than are estimated.
struct TokenEstimate {
  /// Sixths of a token that are complete.
  private var sixths = 0
  /// Letters of the word that the text ends with.
  private var letters = 0

  init() {}

  /// The estimate for a text.
  static func tokens(_ text: some StringProtocol) -> Int {
    var estimate = TokenEstimate()
    for scalar in text.unicodeScalars { estimate.append(scalar) }
    return estimate.tokens
  }

  /// The estimate so far, in whole tokens.
  var tokens: Int { (sixths + Self.word(letters) + 5) / 6 }

  /// Takes one more scalar.
  mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A:
      letters += 1
      return
    case 0x20: break
    case ..<0x800: sixths += 6
    case ..<0x1_0000: sixths += 9
    default: sixths += 18
    }
    sixths += Self.word(letters)
    letters = 0
  }

  private static func word(_ letters: Int) -> Int { letters == 0 ? 0 : max(6, letters * 2) }
}
