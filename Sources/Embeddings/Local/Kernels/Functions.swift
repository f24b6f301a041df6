// SPDX-License-Identifier: Apache-2.0

/// The functions of a transformer on sixteen numbers at once, without branches or look-ups.
///
/// Coefficients were fitted for this package: least squares, reweighted until the largest error was smallest.
enum Functions {
  /// eˣ with a relative error below 2·10⁻⁷; 0 below −87, and no more than e⁸⁸.
  ///
  /// x = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody, Waite: *Software Manual for the Elementary Functions*, 1980); eʳ is a
  /// polynomial of degree 6, and 2ⁿ is made of the bits of n.
  @inline(__always)
  static func exp(_ x: Wide) -> Wide {
    let bounded = Wide.smaller(Wide.larger(x, Wide(repeating: -87.3)), Wide(repeating: 88))
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the lowest bits.
    let shifted = Wide.fused(bounded, Wide(repeating: 1.442_695_04), 12_582_912)
    let n = shifted - Wide(repeating: 12_582_912)
    var r = Wide.fused(n, Wide(repeating: -0.693_359_375), bounded)
    r = Wide.fused(n, Wide(repeating: 2.121_944_4e-4), r)
    var sum = Wide.fused(r, Wide(repeating: 0.001_381_454_3), 0.008_368_745)
    sum = Wide.fused(sum, r, 0.041_668_39)
    sum = Wide.fused(sum, r, 0.166_665_21)
    sum = Wide.fused(sum, r, 0.499_999_94)
    sum = Wide.fused(sum, r, 1)
    sum = Wide.fused(sum, r, 1)
    return Wide(bits: sum.bits &+ (shifted.bits &<< 23))
  }

  /// The error function with an absolute error below 5·10⁻⁷: z·P(z²)/Q(z²), and ±1 beyond 3.9.
  @inline(__always)
  static func erf(_ x: Wide) -> Wide {
    let z = x.clamped(to: 3.9)
    let u = z * z
    var p = Wide.fused(u, Wide(repeating: 2.050_387_4e-6), 2.874_577_5e-4)
    p = Wide.fused(p, u, 0.003_836_889_3)
    p = Wide.fused(p, u, 0.052_966_956)
    p = Wide.fused(p, u, 0.191_941_29)
    p = Wide.fused(p, u, 1.128_379)
    var q = Wide.fused(u, Wide(repeating: 3.823_077e-5), 0.001_181_738)
    q = Wide.fused(q, u, 0.015_109_23)
    q = Wide.fused(q, u, 0.114_758_32)
    q = Wide.fused(q, u, 0.503_435_3)
    q = Wide.fused(q, u, 1)
    return z * p / q
  }

  /// The hyperbolic tangent, 1 − 2 / (e²ˣ + 1).
  @inline(__always)
  static func tanh(_ x: Wide) -> Wide {
    let doubled = exp(x.clamped(to: 20) * Wide(repeating: 2))
    return Wide(repeating: 1) - Wide(repeating: 2) / (doubled + Wide(repeating: 1))
  }
}
