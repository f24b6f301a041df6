// SPDX-License-Identifier: Apache-2.0

extension Duration {
  /// The duration in milliseconds, rounded up, at least 1 and at most what libcurl takes everywhere.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    return max(1, Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
