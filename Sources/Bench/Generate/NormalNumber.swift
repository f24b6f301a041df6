// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Normally distributed numbers (Box, Muller: "A note on the generation of random normal deviates", 1958).
enum NormalNumber {
  /// The next one, of mean 0 and variance 1.
  static func next(_ random: inout SplitMix64) -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &random))).squareRoot()
    return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &random))
  }
}
