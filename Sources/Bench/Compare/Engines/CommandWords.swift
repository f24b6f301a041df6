// SPDX-License-Identifier: Apache-2.0

/// A command line as one string.
package enum CommandWords {
  /// The words of `text`, parted by spaces. Quotes keep spaces and may stand inside a word; a backslash outside single
  /// quotes takes the next character as it is. Nothing is expanded and no shell runs.
  ///
  /// - Returns: `nil` where a quote is not closed, or nothing follows a backslash.
  package static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for letter in text {
      if isEscaped {
        word = (word ?? "") + String(letter)
        isEscaped = false
      } else if letter == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
