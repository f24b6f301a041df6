// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What a person wrote, as a query of FTS5. Every word is quoted, so that nothing in it is syntax.
///
/// `"…"` is a phrase that must occur, `-word` and `-"…"` must not; of the other words at least one must occur unless there is a
/// phrase, and BM25 ranks documents with more and rarer ones first.
struct KeywordQuery {
  /// The query; nil where there is nothing to look for, which finds nothing.
  let expression: String?

  init(_ text: String) {
    var wanted: [String] = []
    var required: [String] = []
    var excluded: [String] = []
    for part in KeywordPart.parts(of: text) {
      let terms = Self.terms(of: part.text, asPhrase: part.isPhrase)
      guard !terms.isEmpty else { continue }
      if part.isExcluded {
        excluded.append(Self.phrase(terms))
      } else if part.isPhrase {
        required.append(Self.phrase(terms))
      } else {
        wanted += terms.map { Self.phrase([$0]) }
      }
    }
    var expression = wanted.joined(separator: " OR ")
    if !required.isEmpty {
      let phrases = required.joined(separator: " AND ")
      // The words beside phrases count for the ranking; a document with the phrases matches without them.
      expression = wanted.isEmpty ? phrases : "(\(phrases)) AND (\(required[0]) OR \(expression))"
    }
    if expression.isEmpty {
      self.expression = nil
      return
    }
    if !excluded.isEmpty { expression = "(\(expression)) NOT (\(excluded.joined(separator: " OR ")))" }
    self.expression = expression
  }

  /// A word as the index has it; a prefix where it is one ideograph.
  private struct Term {
    var text: String
    var isPrefix: Bool
  }

  /// The words of a text. A run of ideographs is its pairs; the characters that the tokenizer does not take separate words.
  ///
  /// - Parameter asPhrase: whether the terms follow each other in the index: between a run and a further word stands the run's
  ///   last character.
  private static func terms(of text: String, asPhrase: Bool) -> [Term] {
    var terms: [Term] = []
    var word = ""
    var run: [Unicode.Scalar] = []
    func flushWord() {
      if !word.isEmpty { terms.append(Term(text: word, isPrefix: false)) }
      word = ""
    }
    func flushRun(isLast: Bool) {
      for (first, second) in zip(run, run.dropFirst()) {
        var pair = String.UnicodeScalarView()
        pair.append(first)
        pair.append(second)
        terms.append(Term(text: String(pair), isPrefix: false))
      }
      let goesOn = asPhrase && !isLast
      if let last = run.last, goesOn || run.count == 1 { terms.append(Term(text: String(last), isPrefix: !goesOn)) }
      run = []
    }
    for scalar in text.unicodeScalars {
      if Ideograph.contains(scalar) {
        flushWord()
        run.append(scalar)
      } else {
        flushRun(isLast: false)
        if isWordCharacter(scalar) { word.unicodeScalars.append(scalar) } else { flushWord() }
      }
    }
    flushWord()
    flushRun(isLast: true)
    return terms
  }

  /// What SQLite's unicode61 takes as part of a word, and marks that it folds away.
  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber,
      .otherNumber, .privateUse, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }

  private static func phrase(_ terms: [Term]) -> String {
    // Only the last word of a phrase can be a prefix; within one, a single ideograph is the last of its run.
    let words = terms.map(\.text).joined(separator: " ")
    return "\"\(words)\"\(terms.last?.isPrefix == true ? " *" : "")"
  }
}
