// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What a person wrote, as texts for `to_tsquery`. Every word is in quotes, so that nothing in it is syntax.
///
/// `"…"` is a phrase that must occur, `-word` and `-"…"` must not; of the other words at least one must occur unless there is a
/// phrase. A run of Chinese or Japanese is its pairs of neighbours. A row that has all words ranks before one that has some.
package struct KeywordQuery: Sendable, Hashable {
  /// More different words, or words of one phrase, are not looked for; the server evaluates a query by recursion.
  package static let termLimit = 2_000
  /// Longer words are in no tsvector.
  private static let wordByteLimit = 2_046

  /// What a row has to match.
  package let any: String
  /// What a row matches that has all the words.
  package let all: String
  /// All that is looked for, without what is excluded: what the rank counts.
  package let rank: String
  let configuration: KeywordConfiguration

  /// Nil where there is nothing to look for, which finds nothing.
  package init?(_ text: String, _ configuration: KeywordConfiguration) {
    var wanted: [String] = []
    var required: [String] = []
    var excluded: [String] = []
    for part in KeywordPart.parts(of: text) {
      let terms = Self.terms(of: part.text, asPhrase: part.isPhrase, configuration.form).prefix(Self.termLimit)
      guard !terms.isEmpty else { continue }
      let phrase = "(\(terms.joined(separator: " <-> ")))"
      if part.isExcluded {
        excluded.append(phrase)
      } else if part.isPhrase {
        required.append(phrase)
      } else {
        wanted += terms
      }
    }
    wanted = Self.distinct(wanted)
    required = Self.distinct(required)
    guard let query = Self.joined(required, " & ") ?? Self.joined(wanted, " | ") else { return nil }
    let exclusion = Self.joined(Self.distinct(excluded), " | ").map { " & !\($0)" } ?? ""
    any = query + exclusion
    all = Self.joined(required + wanted, " & ") ?? query
    rank = Self.joined(required + wanted, " | ") ?? query
    self.configuration = configuration
  }

  private static func joined(_ terms: [String], _ separator: String) -> String? {
    terms.isEmpty ? nil : "(\(terms.joined(separator: separator)))"
  }

  private static func distinct(_ terms: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return Array(terms.filter { seen.insert(Array($0.utf8)).inserted }.prefix(termLimit))
  }

  // MARK: Words

  private static func terms(of text: String, asPhrase: Bool, _ form: KeywordConfiguration.TextForm) -> [String] {
    switch form {
    case .plain:
      text.unicodeScalars.split { $0.properties.isWhitespace }.compactMap { quoted(Array($0)) }
    case .folded: foldedTerms(of: text, asPhrase: asPhrase)
    }
  }

  /// In a phrase single characters follow each other; else a run of characters is its pairs.
  private static func foldedTerms(of text: String, asPhrase: Bool) -> [String] {
    var terms: [String] = []
    var word: [Unicode.Scalar] = []
    var run: [String] = []
    func flush() {
      if let term = quoted(word) { terms.append(term) }
      if asPhrase || run.count == 1 {
        terms += run
      } else {
        terms += zip(run, run.dropFirst()).map { "(\($0) <-> \($1))" }
      }
      (word, run) = ([], [])
    }
    for scalar in text.unicodeScalars where !KeywordSeparators.marks.contains(scalar.value) {
      if Ideograph.contains(scalar) {
        if !word.isEmpty { flush() }
        run.append("'\(scalar)'")
      } else {
        if !run.isEmpty { flush() }
        if KeywordSeparators.contains(scalar) { flush() } else { word.append(scalar) }
      }
    }
    flush()
    return terms
  }

  /// A word in quotes; nil for none and for one that is too long.
  private static func quoted(_ word: [Unicode.Scalar]) -> String? {
    // Folding and lower case make words longer, those of ASCII not.
    let bytes = word.reduce(0) { $0 + UTF8.width($1) }
    guard !word.isEmpty, bytes <= (bytes == word.count ? wordByteLimit : wordByteLimit / 3) else { return nil }
    var text = "'"
    for scalar in word {
      if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(scalar)
    }
    return text + "'"
  }
}
