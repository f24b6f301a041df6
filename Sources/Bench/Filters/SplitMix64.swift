// SPDX-License-Identifier: Apache-2.0

/// The generator SplitMix64, with access to any of its outputs
/// (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose outputs depend on `seed` alone.
  package init(seed: UInt64) {
    state = seed
  }

  /// Output number `index`, counted from 0, of the generator seeded with `seed`.
  package static func output(seed: UInt64, index: UInt64) -> UInt64 {
    mix(seed &+ (index &+ 1) &* increment)
  }

  package mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mix(state)
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ state: UInt64) -> UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
