// SPDX-License-Identifier: Apache-2.0

/// A text, or a part of one, as it is sent.
struct TextPiece: Sendable, Hashable {
  /// The row of the text in its call.
  let row: Int
  /// The prompt and the text.
  let text: String
  /// The estimated tokens of the part without the prompt: its weight in the mean.
  let weight: Int
  /// The estimated tokens of all of it.
  let tokens: Int
}
