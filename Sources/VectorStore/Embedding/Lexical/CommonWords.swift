// SPDX-License-Identifier: Apache-2.0

/// English words that say little about what a text is about.
package enum CommonWords {
  /// Whether a folded word is one of them.
  package static func contains(_ word: String) -> Bool { words.contains(word) }

  /// What a folded word counts: common ones little, short ones less than long ones.
  static func weight(of word: String) -> Double {
    if words.contains(word) { return 0.1 }
    return word.unicodeScalars.count <= 2 ? 0.5 : 1
  }

  private static let words: Set<String> = Set(
    """
    a about after all also an and any are as at be because been before but by can could did do does each for from \
    had has have he her here his how i if in into is it its just like may me more most my no nor not of off on one \
    only or other our out over own same she should so some such than that the their them then there these they this \
    those to too under until up us very was we were what when where which while who whom why will with would you your
    """.split(separator: " ").map(String.init))
}
