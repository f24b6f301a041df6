// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How wide lines may be.
enum TerminalSize {
  /// The columns of the terminal behind a descriptor, else of `COLUMNS`, else 80.
  static func columns(_ descriptor: Int32) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    let given = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return given.map { min(max($0, 20), 1_000) } ?? 80
  }
}
