// SPDX-License-Identifier: Apache-2.0

/// What the steps of a BERT tokenizer do with a Unicode scalar.
struct ScalarFlags: OptionSet {
  let rawValue: UInt8

  /// Clean-up removes it: control characters and their like.
  static let removed = ScalarFlags(rawValue: 1)
  /// Clean-up makes it a space.
  static let space = ScalarFlags(rawValue: 2)
  /// A Chinese character, which gets a space on either side.
  static let chinese = ScalarFlags(rawValue: 4)
  /// A word of its own.
  static let punctuation = ScalarFlags(rawValue: 8)
  /// Ends a word and is dropped.
  static let whitespace = ScalarFlags(rawValue: 16)
  /// A mark that accents' removal drops.
  static let mark = ScalarFlags(rawValue: 32)
  /// A combining character that accents' removal keeps; several of them are put in canonical order.
  static let combining = ScalarFlags(rawValue: 64)
  /// Accents' removal or lower-casing makes something else of it.
  static let mapped = ScalarFlags(rawValue: 128)
}
