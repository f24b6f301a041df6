// SPDX-License-Identifier: Apache-2.0

/// Ranks candidates by their exact distances.
///
/// The first k and a few are always ranked. How far their exact distances lie from the walking ones tells what the codes'
/// error is for this query; candidates follow until none could still be among the first k by that error.
struct Ranking {
  let space: VectorSpace
  let context: SearchContext
  /// Called before a slot's exact distance is computed.
  let touch: (Int) throws(VectorIndexError) -> Void
  private(set) var ranked = 0

  /// Candidates ranked beyond k before the error is estimated.
  private static let margin = 6
  /// Standard deviations of the error that a candidate may be short of the first k and still be ranked.
  private static let deviations: Float = 3

  init(space: VectorSpace, context: SearchContext, touch: @escaping (Int) throws(VectorIndexError) -> Void) {
    self.space = space
    self.context = context
    self.touch = touch
  }

  /// The `k` nearest of the candidates, which are in the order of their walking distances.
  ///
  /// The result is sorted by distance and slot.
  mutating func nearest(_ k: Int, of candidates: [DistanceKey]) throws(VectorIndexError) -> [DistanceKey] {
    guard space.walkIsApproximate else { return Array(candidates.prefix(k)) }
    var best: [DistanceKey] = []
    best.reserveCapacity(k + Self.margin + 4)
    var sum: Float = 0
    var squares: Float = 0
    var errors: Float = 0
    var worst = Float.infinity
    var next = 0
    while next < candidates.count {
      var end = min(next + 4, candidates.count)
      if next == 0 {
        end = min(k + Self.margin, candidates.count)
      } else {
        let mean = sum / errors
        let deviation = max(squares / errors - mean * mean, 0).squareRoot()
        let optimistic = candidates[next].distance + mean - Self.deviations * deviation
        if best.count >= k, optimistic > worst { break }
      }
      var start = next
      while start < end {
        let count = min(end - start, context.batch)
        for index in 0..<count {
          let slot = candidates[start + index].slot
          try touch(Int(slot))
          context.slots[index] = slot
        }
        space.exact(context.query, context.slots, count, context.distances)
        for index in 0..<count {
          let exact = context.distances[index]
          guard !exact.isNaN else { continue }
          let candidate = candidates[start + index]
          let error = exact - candidate.distance
          if error.isFinite {
            sum += error
            squares += error * error
            errors += 1
          }
          best.append(DistanceKey(exact, slot: candidate.slot))
        }
        ranked += count
        start += count
      }
      next = end
      best.sort()
      if best.count > k { best.removeLast(best.count - k) }
      worst = best.count == k ? (best.last?.distance ?? .infinity) : .infinity
      if errors == 0 { errors = 1 }
    }
    return best
  }
}
