// SPDX-License-Identifier: Apache-2.0

extension Double {
  /// The nearest value of so many decimal digits, as results state it.
  func rounded(digits: Int) -> Double {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
