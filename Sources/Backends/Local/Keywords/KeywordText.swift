// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Text as the keyword index has it: runs of Chinese and Japanese as pairs of characters, which SQLite's tokenizer takes as
/// words; everything else as it is.
///
/// 向量扩展 becomes 向量 量扩 扩展 展: the last character stands alone, so that every character begins a word and a query of
/// one character finds it by prefix.
enum KeywordText {
  /// The form in the index. What was put in must be known again for taking it out, so this is part of the schema's version.
  static func indexed(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count * 2)
    var run: [Unicode.Scalar] = []
    func flush() {
      guard !run.isEmpty else { return }
      result += " "
      for place in run.indices {
        result.unicodeScalars.append(run[place])
        if place + 1 < run.count { result.unicodeScalars.append(run[place + 1]) }
        result += " "
      }
      run.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      if Ideograph.contains(scalar) {
        run.append(scalar)
      } else {
        flush()
        result.unicodeScalars.append(scalar)
      }
    }
    flush()
    return result
  }
}
