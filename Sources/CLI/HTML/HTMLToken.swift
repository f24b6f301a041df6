// SPDX-License-Identifier: Apache-2.0

/// A part of a page's source, as far as its text is concerned.
enum HTMLToken {
  /// Text with its character references resolved, in UTF-8.
  case text([UInt8])
  /// A start tag, its name in lower case.
  case open(String, attributes: [String: String])
  /// An end tag, its name in lower case.
  case close(String)
}
