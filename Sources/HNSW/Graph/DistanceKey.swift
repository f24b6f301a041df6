// SPDX-License-Identifier: Apache-2.0

/// A distance, a slot and a mark in one integer that sorts by distance, then slot.
///
/// The order of keys is the order of candidates, so that a pool is a sorted array of words, and one seed gives one graph
/// whatever the ties.
struct DistanceKey: Comparable {
  private(set) var bits: UInt64

  /// Sorts behind every candidate.
  static let farthest = DistanceKey(bits: .max)
  /// Slots have 31 bits; the last bit is the mark.
  static let slotLimit = 1 << 31

  @inline(__always)
  private init(bits: UInt64) { self.bits = bits }

  @inline(__always)
  init(_ distance: Float, slot: UInt32) {
    bits = UInt64(Self.ordered(distance)) &<< 32 | UInt64(slot) &<< 1
  }

  @inline(__always)
  init(ordered: UInt32, slot: UInt32) { bits = UInt64(ordered) &<< 32 | UInt64(slot) &<< 1 }

  @inline(__always)
  var slot: UInt32 { UInt32(truncatingIfNeeded: bits &>> 1) & 0x7FFF_FFFF }

  /// The distance in a form whose unsigned order is the distance's; never 0.
  @inline(__always)
  var ordered: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }

  @inline(__always)
  var distance: Float { Self.distance(ordered: ordered) }

  /// Whether the candidate's links have been followed.
  @inline(__always)
  var isExpanded: Bool { bits & 1 != 0 }

  /// The key without its mark.
  @inline(__always)
  var unexpanded: DistanceKey { DistanceKey(bits: bits & ~1) }

  @inline(__always)
  mutating func markExpanded() { bits |= 1 }

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }

  /// Maps a distance to an integer of the same order; NaN, which no comparison places, goes behind infinity.
  @inline(__always)
  static func ordered(_ distance: Float) -> UInt32 {
    let bits = distance.bitPattern
    if distance != distance { return 0xFFC0_0000 }
    return bits &>> 31 == 0 ? bits | 0x8000_0000 : ~bits
  }

  @inline(__always)
  static func distance(ordered: UInt32) -> Float {
    Float(bitPattern: ordered &>> 31 == 0 ? ~ordered : ordered & 0x7FFF_FFFF)
  }
}
