// SPDX-License-Identifier: Apache-2.0

/// A service takes less at a time than it was sent.
enum BatchRefusal: Error, Hashable {
  /// It takes at most so many texts.
  case tooManyTexts(limit: Int)
  /// The texts have too many tokens together.
  case tooManyTokens
}
