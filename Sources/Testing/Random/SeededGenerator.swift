// SPDX-License-Identifier: Apache-2.0

import Foundation

/// SplitMix64: the same numbers on every run and every platform.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A number in 0 ..< `bound`.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True in one of `n` calls.
  public mutating func oneIn(_ n: Int) -> Bool { below(n) == 0 }

  /// A number in 0 ..< 1.
  public mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// A number of the standard normal distribution.
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// One of the values, of which there is at least one.
  public mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

  /// A vector of independent normal numbers.
  public mutating func vector(dimension: Int) -> [Float] { (0..<dimension).map { _ in Float(normal()) } }

  /// A vector of norm 1 in any direction.
  public mutating func unitVector(dimension: Int) -> [Float] {
    let numbers = (0..<dimension).map { _ in normal() }
    let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard norm > 0 else { return [1] + Array(repeating: 0, count: dimension - 1) }
    return numbers.map { Float($0 / norm) }
  }
}
