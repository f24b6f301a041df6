// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Logarithmic scales.
enum Logarithm {
  /// The value so far along the way from `a` to `b`, both above 0, on a logarithmic scale.
  static func interpolate(_ a: Double, _ b: Double, _ share: Double) -> Double {
    exp(log(a) * (1 - share) + log(b) * share)
  }

  /// log10
  static func ten(_ value: Double) -> Double { log10(value) }

  /// 10 to the power of `exponent`.
  static func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
}
