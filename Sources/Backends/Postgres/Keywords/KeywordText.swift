// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The text that is indexed for keyword search.
///
/// All functions in it are immutable and all values constants, so that a trigger, a generated column and the expression of an
/// index can have it.
package enum KeywordText {
  /// So much of a text is indexed, in characters: a tsvector holds 1 MB.
  package static let lengthLimit = 250_000

  /// The tsvector of a text; of null none.
  package static func vector(of content: SQLText, _ configuration: KeywordConfiguration) -> SQLText {
    switch configuration.form {
    case .folded: "to_tsvector(\(configuration.constant), \(indexed("left(\(content), \(lengthLimit))")))"
    case .plain: "to_tsvector(\(configuration.constant), \(content))"
    }
  }

  /// Accents folded, Chinese and Japanese characters with spaces around, punctuation replaced by spaces.
  static func indexed(_ text: SQLText) -> SQLText {
    let spaced: SQLText =
      "regexp_replace(\(folded(text)), E'(\(KeywordSeparators.bracket(Ideograph.ranges)))', E' \\\\1 ', 'g')"
    return "regexp_replace(\(spaced), E'\(KeywordSeparators.bracket(KeywordSeparators.ranges))+', ' ', 'g')"
  }

  /// Without the marks that Unicode takes apart from Latin, Greek and Cyrillic letters; kana and Hangul are put together again.
  static func folded(_ text: SQLText) -> SQLText {
    "normalize(regexp_replace(normalize(\(text), NFD), E'\(KeywordSeparators.bracket([KeywordSeparators.marks]))', '', 'g'), NFC)"
  }
}
