// SPDX-License-Identifier: Apache-2.0

/// What one search or one insertion works with; kept from one to the next so that none of them allocates.
///
/// Sendable because a context is used by one thread at a time: ``ContextPool`` hands it out.
final class SearchContext: @unchecked Sendable {
  let query: PreparedQuery
  let visited = VisitedSet()
  /// The beam, or the results of a filtered search.
  let pool = CandidatePool()
  var frontier = Frontier()
  /// Slots whose distances are asked for in one call, and the answers.
  let slots: UnsafeMutablePointer<UInt32>
  let distances: UnsafeMutablePointer<Float>
  /// How many slots fit.
  let batch: Int
  private let counters: UnsafeMutablePointer<Int>

  init(dimension: Int, m: Int) {
    query = PreparedQuery(dimension: dimension)
    batch = max(64, 16 * m)
    slots = .allocate(capacity: batch + 4)
    slots.initialize(repeating: 0, count: batch + 4)
    distances = .allocate(capacity: batch + 8)
    distances.initialize(repeating: 0, count: batch + 8)
    counters = .allocate(capacity: 4)
    counters.initialize(repeating: 0, count: 4)
  }

  deinit {
    slots.deallocate()
    distances.deallocate()
    counters.deallocate()
  }

  var distanceComputations: Int { counters[0] }
  var hops: Int { counters[1] }
  /// Slots that a filtered walk has asked the filter about, and those that it admitted.
  var asked: Int { counters[2] }
  var admitted: Int { counters[3] }

  func resetCounters() { counters.update(repeating: 0, count: 4) }

  @inline(__always)
  func countHop(distances: Int) {
    counters[0] &+= distances
    counters[1] &+= 1
  }

  @inline(__always)
  func countAsked(_ asked: Int, admitted: Int) {
    counters[2] &+= asked
    counters[3] &+= admitted
  }

  @inline(__always)
  func count(distances: Int) { counters[0] &+= distances }
}
