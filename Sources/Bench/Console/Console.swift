// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a person reads: results on standard output, messages on standard error, progress only where that is a terminal.
enum Console {
  /// Whether a person may be watching standard error.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Writes one line.
  static func note(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }

  /// Writes one line of the results, at once, so that a pipe has it too.
  static func result(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Overwrites the line of progress on a terminal; elsewhere it does nothing.
  static func progress(_ message: String) {
    guard isTerminal else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(message)".utf8))
  }

  /// Clears the line of progress.
  static func endProgress() {
    progress("")
  }
}
