// SPDX-License-Identifier: Apache-2.0

/// Names from elsewhere as names of files.
enum FileName {
  /// `text` with everything but ASCII letters, digits, points and dashes replaced, and not too long.
  static func safe(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" }.prefix(60))
  }
}
