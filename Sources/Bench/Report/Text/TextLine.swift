// SPDX-License-Identifier: Apache-2.0

/// Text from elsewhere on one line of a terminal.
package enum TextLine {
  /// `text` without line ends and control characters, which could move the cursor or colour the terminal.
  package static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  /// `text` without spaces at its end.
  static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
  }
}
