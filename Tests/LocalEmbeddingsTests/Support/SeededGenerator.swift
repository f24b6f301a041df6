// SPDX-License-Identifier: Apache-2.0

import Foundation

/// SplitMix64: the same numbers on every run and every platform.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A number in 0 ..< `bound`.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True in one of `n` calls.
  mutating func oneIn(_ n: Int) -> Bool { below(n) == 0 }

  /// A number in 0 ..< 1.
  mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// A number of the standard normal distribution.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
