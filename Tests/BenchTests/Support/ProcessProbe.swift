// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Looks at processes that tests have not started themselves.
enum ProcessProbe {
  /// Waits until `condition` holds, for half a minute at most.
  static func wait(for condition: () -> Bool) -> Bool {
    for _ in 0..<600 {
      if condition() { return true }
      usleep(50_000)
    }
    return false
  }

  /// Whether the process whose id the file holds is gone; a dead one that nobody has waited for counts as gone.
  static func isGone(_ file: String) -> Bool {
    guard let id = number(in: file) else { return false }
    if kill(id, 0) != 0 { return true }
    let status = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    return status.contains(") Z ")
  }

  private static func number(in file: String) -> Int32? {
    (try? String(contentsOfFile: file, encoding: .utf8))
      .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }
}
