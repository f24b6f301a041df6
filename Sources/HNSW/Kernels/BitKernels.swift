// SPDX-License-Identifier: Apache-2.0

/// Counts over rows of packed bits.
enum BitKernels {
  /// The number of 64-bit words that hold `bits` bits.
  @inline(__always)
  static func words(_ bits: Int) -> Int { (bits &+ 63) &>> 6 }

  /// The number of differing bits.
  static func hamming(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ words: Int) -> Int {
    var count = 0
    for index in 0..<words { count &+= (a[index] ^ b[index]).nonzeroBitCount }
    return count
  }

  /// The number of bits set in both.
  static func intersection(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ words: Int) -> Int {
    var count = 0
    for index in 0..<words { count &+= (a[index] & b[index]).nonzeroBitCount }
    return count
  }

  /// The number of bits set.
  static func population(_ a: UnsafePointer<UInt64>, _ words: Int) -> Int {
    var count = 0
    for index in 0..<words { count &+= a[index].nonzeroBitCount }
    return count
  }

  /// 1 − |a∧b| / |a∨b|, and 1 where no bit is set in both (as pgvector's `jaccard_distance`).
  static func jaccard(
    _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ words: Int, populations: Int
  ) -> Float {
    let both = intersection(a, b, words)
    return both == 0 ? 1 : Float(1 - Double(both) / Double(populations &- both))
  }
}
