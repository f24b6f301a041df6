// SPDX-License-Identifier: Apache-2.0

/// The order in which a large batch is linked: first a sample from all over, then neighbourhood by neighbourhood.
///
/// An insertion reads a thousand rows around the new one. When the next insertion is near, those rows are still in the
/// cache; in the order of arrival each insertion waits for memory. The sample gives every neighbourhood its long links
/// before any is filled up.
struct InsertionOrder {
  /// The slots, each once.
  private(set) var slots: [Int]

  /// Batches below it fit the caches whatever their order.
  private static let minimum = 4_096
  /// One slot in so many belongs to the sample.
  private static let sampleShare = 8
  /// Neighbourhoods; each slot is compared with the centre of each.
  private static let pivotCount = 256

  init(_ range: Range<Int>, space: VectorSpace) {
    slots = Array(range)
    guard slots.count >= Self.minimum else { return }
    let pivots = stride(from: 0, to: range.count, by: max(1, range.count / Self.pivotCount))
      .map { UInt32(range.lowerBound + $0) }
      .filter { space.hasDistance(slot: Int($0)) }
    guard !pivots.isEmpty else { return }
    let query = PreparedQuery(dimension: space.dimension)
    var distances = [Float](repeating: 0, count: pivots.count + 4)
    // Sorted by neighbourhood, then slot; the sample comes before all neighbourhoods.
    let keys = slots.map { slot -> UInt64 in
      guard (slot - range.lowerBound) % Self.sampleShare != 0, space.hasDistance(slot: slot) else {
        return UInt64(slot)
      }
      space.prepare(slot: slot, precisely: false, into: query)
      pivots.withUnsafeBufferPointer { pivots in
        distances.withUnsafeMutableBufferPointer { distances in
          guard let first = pivots.baseAddress, let distances = distances.baseAddress else { return }
          space.walk(query, first, pivots.count, distances)
        }
      }
      var nearest = 0
      for pivot in 1..<pivots.count where distances[pivot] < distances[nearest] { nearest = pivot }
      return UInt64(nearest + 1) << 32 | UInt64(slot)
    }
    slots = keys.sorted().map { Int($0 & 0xFFFF_FFFF) }
  }
}
