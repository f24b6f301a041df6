// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Bold and colour, where a person sees them and did not ask for plain text (https://no-color.org).
struct TerminalStyle {
  /// Whether anything is styled.
  let isOn: Bool

  /// The style of standard output.
  static let standardOutput: TerminalStyle = {
    let environment = ProcessInfo.processInfo.environment
    let refuses = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return TerminalStyle(isOn: isatty(STDOUT_FILENO) == 1 && !refuses && environment["TERM"] != "dumb")
  }()

  func bold(_ text: String) -> String { styled(text, "1") }
  func dim(_ text: String) -> String { styled(text, "2") }
  func match(_ text: String) -> String { styled(text, "1;33") }
  func title(_ text: String) -> String { styled(text, "1;36") }

  private func styled(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
