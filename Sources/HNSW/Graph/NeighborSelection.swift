// SPDX-License-Identifier: Apache-2.0

/// Picks links that lead in different directions: the heuristic of HNSW's algorithm 4.
///
/// A candidate is dropped when a nearer one that was picked is nearer to it than the base is. Each pick becomes a query
/// against all candidates still in the race at once, which gives the same links as comparing one candidate after another
/// with all picks, in fewer and larger calls. Places that stay free are given to the nearest of the dropped, up to a
/// share of the list: the paper's `keepPrunedConnections`, which leaves room for links to come.
struct NeighborSelection {
  /// What is picked from, nearest first. Used up by ``pick(limit:slack:space:query:)``.
  var candidates: KeyBuffer
  /// What was picked, then what was dropped and kept after all.
  private(set) var picked: KeyBuffer
  /// How many of ``picked`` lead in different directions.
  private(set) var diverseCount = 0
  private var dropped: KeyBuffer
  private let slots: UnsafeMutablePointer<UInt32>
  private let distances: UnsafeMutablePointer<Float>

  init(capacity: Int) {
    candidates = KeyBuffer(capacity: capacity)
    picked = KeyBuffer(capacity: capacity)
    dropped = KeyBuffer(capacity: capacity)
    slots = .allocate(capacity: capacity + 4)
    slots.initialize(repeating: 0, count: capacity + 4)
    distances = .allocate(capacity: capacity + 8)
    distances.initialize(repeating: 0, count: capacity + 8)
  }

  func deallocate() {
    candidates.deallocate()
    picked.deallocate()
    dropped.deallocate()
    slots.deallocate()
    distances.deallocate()
  }

  /// Fills ``picked`` with at most `limit` of the sorted candidates.
  ///
  /// - Parameter slack: a candidate is dropped only when slack · d(pick, candidate) < d(base, candidate); above 1 more
  ///   and longer links stay (the α of Vamana, Subramanya et al., *DiskANN*, NeurIPS 2019).
  mutating func pick(limit: Int, slack: Float, space: VectorSpace, query: PreparedQuery) {
    pickDiverse(limit: limit, slack: slack, space: space, query: query)
    diverseCount = picked.count
    let wanted = limit * Self.filledQuarters / 4
    guard picked.count < wanted else { return }
    dropped.sort()
    for key in dropped.elements.prefix(wanted - picked.count) { picked.append(key) }
  }

  /// Quarters of a list that the dropped may fill. With none a search finds up to 0.02 less at the same efSearch of 10 or
  /// 20; with all four every further link prunes the list, and builds take three times as long.
  private static let filledQuarters = 3

  private mutating func pickDiverse(limit: Int, slack: Float, space: VectorSpace, query: PreparedQuery) {
    picked.removeAll()
    dropped.removeAll()
    var first = 0
    var end = candidates.count
    while first < end, picked.count < limit {
      let pick = candidates[first]
      picked.append(pick)
      first &+= 1
      guard picked.count < limit, first < end else { return }
      space.prepare(slot: Int(pick.slot), precisely: false, into: query)
      let count = end &- first
      for index in 0..<count { slots[index] = candidates[first &+ index].slot }
      space.walk(query, slots, count, distances)
      var kept = 0
      for index in 0..<count {
        let candidate = candidates[first &+ index]
        guard slack * distances[index] >= candidate.distance else {
          dropped.append(candidate)
          continue
        }
        candidates[kept] = candidate
        kept &+= 1
      }
      first = 0
      end = kept
    }
  }
}
