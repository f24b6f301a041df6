// SPDX-License-Identifier: Apache-2.0

/// The shape and the size of an index.
public struct IndexStatistics: Sendable, Hashable {
  /// Living vectors.
  public var count: Int
  /// Slots that removed and replaced vectors still take; ``HNSWIndex/compact(threads:progress:)`` gives them back.
  public var deadSlots: Int
  /// Slots whose highest level is the position in the array.
  public var levels: [Int]
  /// Slots with as many links on level 0 as the position in the array says, 0…2m.
  public var degrees: [Int]
  /// Slots that hang behind another with the same vector.
  public var twins: Int
  /// Bytes in use by kind of data, as they would stand in the index file.
  public var bytes: [String: Int]

  /// The mean number of links on level 0.
  public var meanDegree: Double {
    let slots = degrees.reduce(0, +)
    let links = degrees.enumerated().reduce(0) { $0 + $1.offset * $1.element }
    return slots == 0 ? 0 : Double(links) / Double(slots)
  }
}
