// SPDX-License-Identifier: Apache-2.0

/// What one search or one insertion works with; kept from one to the next so that none of them allocates.
///
/// Sendable because a context is used by one thread at a time: ``ContextPool`` hands it out.
final class SearchContext: @unchecked Sendable {
  let query: PreparedQuery
  /// The second query of neighbour selection.
  let pairQuery: PreparedQuery
  let visited = VisitedSet()
  /// The beam, or the results of a filtered search.
  let pool = CandidatePool()
  var frontier = Frontier()
  /// Slots whose distances are asked for in one call, and the answers.
  let slots: UnsafeMutablePointer<UInt32>
  let distances: UnsafeMutablePointer<Float>
  /// How many slots fit.
  let batch: Int
  let selection: NeighborSelection
  private(set) var distanceComputations = 0
  private(set) var hops = 0

  init(dimension: Int, m: Int) {
    query = PreparedQuery(dimension: dimension)
    pairQuery = PreparedQuery(dimension: dimension)
    batch = max(64, 4 * m)
    slots = .allocate(capacity: batch + 4)
    slots.initialize(repeating: 0, count: batch + 4)
    distances = .allocate(capacity: batch + 8)
    distances.initialize(repeating: 0, count: batch + 8)
    selection = NeighborSelection()
  }

  deinit {
    slots.deallocate()
    distances.deallocate()
  }

  func resetCounters() {
    distanceComputations = 0
    hops = 0
  }

  @inline(__always)
  func countHop(distances: Int) {
    hops &+= 1
    distanceComputations &+= distances
  }

  @inline(__always)
  func count(distances: Int) { distanceComputations &+= distances }
}
