// SPDX-License-Identifier: Apache-2.0

/// What becomes of a text that is longer than a model's window.
public enum LongTextPolicy: String, Sendable, Hashable, CaseIterable {
  /// The window's length of its beginning counts, the rest is ignored: what sentence-transformers does.
  case truncate
  /// The text is cut into windows, each with the prompt and the special tokens, and the vectors' mean, weighted by the
  /// windows' numbers of tokens, stands for it; it is normalized again where the model normalizes.
  ///
  /// It takes time in proportion to the text, and the longer a text, the less its vector says.
  case meanOfWindows
}
