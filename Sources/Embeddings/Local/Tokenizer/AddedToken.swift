// SPDX-License-Identifier: Apache-2.0

/// A token that is found in the text as it is, before the text is cut into words, such as `[SEP]`.
struct AddedToken: Sendable {
  /// What is looked for: the token, in normal form if it is matched there.
  let content: [UInt8]
  let id: Int32
  /// Only where no letter, mark or digit is next to it.
  let isSingleWord: Bool
  /// Takes the whitespace before it, too.
  let stripsLeft: Bool
  /// Takes the whitespace behind it, too.
  let stripsRight: Bool
}
