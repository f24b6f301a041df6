// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Messages beside the results. Progress is shown only where a person may be watching.
enum StandardError {
  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1
  /// Whether a line of progress is on the screen, which a message has to clear first.
  private static let hasProgress = Mutex(false)

  /// Writes `vectorstore: message`.
  static func note(_ message: String) { write("vectorstore: \(TerminalText.printable(message))\n") }

  /// Writes lines as they are.
  static func plain(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n") }

  /// Shows a line of progress in the place of the one before; an empty one clears it.
  static func progress(_ line: String) {
    guard isTerminal else { return }
    hasProgress.withLock { shown in
      guard shown || !line.isEmpty else { return }
      put("\r\u{1B}[K\(line)")
      shown = !line.isEmpty
    }
  }

  private static func write(_ text: String) {
    hasProgress.withLock { shown in
      if shown { put("\r\u{1B}[K") }
      shown = false
      put(text)
    }
  }

  /// Who cannot be told cannot be told that either: failures to write are passed over.
  private static func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
