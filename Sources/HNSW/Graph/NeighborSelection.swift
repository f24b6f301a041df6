// SPDX-License-Identifier: Apache-2.0

/// Picks links that lead in different directions: the heuristic of HNSW's algorithm 4.
///
/// A candidate is dropped when a nearer one that was picked is nearer to it than the base is. Each pick becomes a query
/// against all candidates still in the race at once, which gives the same links as comparing one candidate after another
/// with all picks, in fewer and larger calls.
final class NeighborSelection {
  private(set) var candidates: [DistanceKey] = []
  private(set) var picked: [DistanceKey] = []
  private var alive: [DistanceKey] = []
  private var slots: [UInt32] = []
  private var distances: [Float] = []

  func removeAllCandidates() { candidates.removeAll(keepingCapacity: true) }

  func add(_ key: DistanceKey) { candidates.append(key) }

  func sortCandidates() { candidates.sort() }

  /// Fills ``picked`` with at most `limit` of the sorted candidates.
  ///
  /// - Parameters:
  ///   - slack: a candidate is dropped only when slack · d(pick, candidate) < d(base, candidate); above 1 it keeps
  ///     longer and more links (Vamana's α, arXiv 1907.05046 has it for plain distances).
  func pick(limit: Int, slack: Float, space: VectorSpace, query: PreparedQuery) {
    picked.removeAll(keepingCapacity: true)
    alive.removeAll(keepingCapacity: true)
    alive.append(contentsOf: candidates)
    if slots.count < alive.count + 4 {
      slots = [UInt32](repeating: 0, count: alive.count + 4)
      distances = [Float](repeating: 0, count: alive.count + 8)
    }
    var start = 0
    while start < alive.count, picked.count < limit {
      let pick = alive[start]
      picked.append(pick)
      start += 1
      guard picked.count < limit, start < alive.count else { break }
      space.prepare(slot: Int(pick.slot), precisely: false, into: query)
      let count = alive.count - start
      for index in 0..<count { slots[index] = alive[start + index].slot }
      slots.withUnsafeBufferPointer { slots in
        distances.withUnsafeMutableBufferPointer { distances in
          guard let slots = slots.baseAddress, let distances = distances.baseAddress else { return }
          space.walk(query, slots, count, distances)
        }
      }
      var kept = 0
      for index in 0..<count {
        let candidate = alive[start + index]
        guard slack * distances[index] >= candidate.distance else { continue }
        alive[kept] = candidate
        kept += 1
      }
      alive.removeLast(alive.count - kept)
      start = 0
    }
  }
}
