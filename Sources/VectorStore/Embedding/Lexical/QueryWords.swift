// SPDX-License-Identifier: Apache-2.0

/// The words of a query, to be marked in what was found.
package struct QueryWords {
  private let words: [String]
  /// Single characters and pairs of scripts without spaces.
  private let pairs: Set<String>
  private let singles: Set<String>

  /// The words of a query; common ones only if there are no others.
  package init(_ query: String) {
    let all = FoldedWords(query).words
    let plain = all.filter { !$0.isIdeograph }.map(\.text)
    let rare = plain.filter { !CommonWords.contains($0) }
    words = rare.isEmpty ? plain : rare
    var pairs: Set<String> = []
    var singles: Set<String> = []
    for (place, word) in all.enumerated() where word.isIdeograph {
      let before = place > 0 ? all[place - 1] : nil
      let after = place + 1 < all.count ? all[place + 1] : nil
      let hasBefore = before.map { $0.isIdeograph && $0.range.upperBound == word.range.lowerBound } ?? false
      let hasAfter = after.map { $0.isIdeograph && $0.range.lowerBound == word.range.upperBound } ?? false
      if hasAfter, let after { pairs.insert(word.text + after.text) }
      if !hasBefore, !hasAfter { singles.insert(word.text) }
    }
    (self.pairs, self.singles) = (pairs, singles)
  }

  /// Where words of the query are in a text, in order, without overlaps.
  package func matches(in text: String) -> [Range<String.Index>] {
    let found = FoldedWords(text).words
    var ranges: [Range<String.Index>] = []
    func add(_ range: Range<String.Index>) {
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    for (place, word) in found.enumerated() {
      if !word.isIdeograph {
        if words.contains(where: { Self.isForm($0, of: word.text) }) { add(word.range) }
        continue
      }
      if singles.contains(word.text) { add(word.range) }
      if place + 1 < found.count {
        let next = found[place + 1]
        if next.isIdeograph, next.range.lowerBound == word.range.upperBound, pairs.contains(word.text + next.text) {
          add(word.range.lowerBound..<next.range.upperBound)
        }
      }
    }
    return ranges
  }

  /// Whether two words are one but for their endings: tune, tuned, tuning.
  private static func isForm(_ a: String, of b: String) -> Bool {
    if a == b { return true }
    let common = zip(a.unicodeScalars, b.unicodeScalars).prefix { $0 == $1 }.count
    return common >= 4 && a.unicodeScalars.count - common <= 3 && b.unicodeScalars.count - common <= 3
  }
}
