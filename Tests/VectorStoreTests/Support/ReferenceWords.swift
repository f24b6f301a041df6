// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Words as the reference finds them: folded, Chinese and Japanese by single characters in a row.
struct ReferenceWords {
  let flaws: Set<ReferenceFlaw>

  struct Query {
    let words: ReferenceWords
    var terms: [[String]] = []
    var excluded: [[String]] = []

    /// The number of terms found; nil where none is, or what is excluded.
    func score(_ text: String) -> Double? {
      let tokens = words.tokens(text)
      func has(_ phrase: [String]) -> Bool {
        guard !phrase.isEmpty, phrase.count <= tokens.count else { return false }
        return (0...tokens.count - phrase.count).contains { Array(tokens[$0..<$0 + phrase.count]) == phrase }
      }
      guard !excluded.contains(where: has) else { return nil }
      let found = terms.count(where: has)
      if words.flaws.contains(.wantsAllWords), found < terms.count { return nil }
      return found > 0 ? Double(found) : nil
    }
  }

  func query(_ text: String) -> Query {
    var query = Query(words: self)
    for (place, part) in text.components(separatedBy: "\"").enumerated() {
      if place % 2 == 1 {
        let phrase = tokens(part)
        if !phrase.isEmpty { query.terms.append(phrase) }
        continue
      }
      for word in part.split(whereSeparator: { $0.isWhitespace }) {
        let isExcluded = word.hasPrefix("-")
        for run in runs(isExcluded ? String(word.dropFirst()) : String(word)) {
          if isExcluded { query.excluded.append(run) } else { query.terms.append(run) }
        }
      }
    }
    return query
  }

  func tokens(_ text: String) -> [String] { runs(text).flatMap { $0 } }

  /// Words; a run of Chinese or Japanese is a row of characters.
  private func runs(_ text: String) -> [[String]] {
    let folded =
      flaws.contains(.comparesKeywordsExactly)
      ? text
      : text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        .filter { $0.properties.generalCategory != .nonspacingMark }.map { String($0) }.joined()
    var runs: [[String]] = []
    var isOpen = (word: false, row: false)
    for scalar in folded.unicodeScalars {
      let isRow = Self.isUnspaced(scalar) && !flaws.contains(.missesChineseWords)
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isRow {
        if isOpen.row { runs[runs.count - 1].append(String(scalar)) } else { runs.append([String(scalar)]) }
      } else if isWord {
        if isOpen.word { runs[runs.count - 1][0].unicodeScalars.append(scalar) } else { runs.append([String(scalar)]) }
      }
      isOpen = (isWord && !isRow, isRow)
    }
    return runs
  }

  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
  }
}
