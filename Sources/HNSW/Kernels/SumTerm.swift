// SPDX-License-Identifier: Apache-2.0

/// What a metric adds up over the numbers of two vectors.
///
/// A type rather than a closure: a closure is sometimes left out of the loop and called for every eight numbers.
protocol SumTerm {
  /// `sum` and the terms of eight pairs of numbers.
  static func add(_ a: SIMD8<Float>, _ b: SIMD8<Float>, to sum: SIMD8<Float>) -> SIMD8<Float>
}

/// aᵢbᵢ
enum ProductTerm: SumTerm {
  @inline(__always)
  static func add(_ a: SIMD8<Float>, _ b: SIMD8<Float>, to sum: SIMD8<Float>) -> SIMD8<Float> {
    multiplyAdd(a, b, sum)
  }
}

/// (aᵢ − bᵢ)²
enum SquareTerm: SumTerm {
  @inline(__always)
  static func add(_ a: SIMD8<Float>, _ b: SIMD8<Float>, to sum: SIMD8<Float>) -> SIMD8<Float> {
    let difference = a - b
    return multiplyAdd(difference, difference, sum)
  }
}

/// |aᵢ − bᵢ|
enum MagnitudeTerm: SumTerm {
  @inline(__always)
  static func add(_ a: SIMD8<Float>, _ b: SIMD8<Float>, to sum: SIMD8<Float>) -> SIMD8<Float> {
    sum + magnitudes(a - b)
  }
}
