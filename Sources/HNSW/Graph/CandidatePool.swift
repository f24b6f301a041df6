// SPDX-License-Identifier: Apache-2.0

/// The best candidates found so far, sorted, at most `limit` of them: a beam.
///
/// One sorted array with a mark for what was expanded does the work of HNSW's two heaps: the nearest unmarked candidate
/// is the next to expand, and when all are marked the search is over.
final class CandidatePool {
  private(set) var keys: UnsafeMutablePointer<DistanceKey>
  private var allocated: Int
  private(set) var count = 0
  private var limit = 0
  /// Everything before it has been expanded.
  private var cursor = 0

  init() {
    allocated = 64
    keys = .allocate(capacity: allocated)
  }

  deinit { keys.deallocate() }

  /// Empties the pool and sets its limit.
  func reset(limit: Int) {
    self.limit = max(limit, 1)
    count = 0
    cursor = 0
    if self.limit > allocated {
      keys.deallocate()
      allocated = self.limit
      keys = .allocate(capacity: allocated)
    }
  }

  @inline(__always)
  var isFull: Bool { count == limit }

  /// What a key must be smaller than to enter.
  @inline(__always)
  var bound: DistanceKey { count == limit ? keys[limit &- 1] : .farthest }

  /// Inserts a key that is below ``bound``; the farthest falls out of a full pool.
  ///
  /// Returns whether the key is among the next two to be expanded.
  @inline(__always) @discardableResult
  func insert(_ key: DistanceKey) -> Bool {
    var low = 0
    var length = count
    while length > 0 {
      let half = length &>> 1
      let middle = low &+ half
      if keys[middle] < key {
        low = middle &+ 1
        length = length &- half &- 1
      } else {
        length = half
      }
    }
    let moved = (count == limit ? limit &- 1 : count) &- low
    if moved > 0 { (keys + (low &+ 1)).update(from: keys + low, count: moved) }
    keys[low] = key
    if count < limit { count &+= 1 }
    if low < cursor { cursor = low }
    return low <= cursor &+ 1
  }

  /// Marks the nearest candidate that was not expanded and returns it; nil when there is none.
  @inline(__always)
  func expandNearest() -> DistanceKey? {
    while cursor < count {
      if !keys[cursor].isExpanded {
        let key = keys[cursor]
        keys[cursor].markExpanded()
        cursor &+= 1
        return key
      }
      cursor &+= 1
    }
    return nil
  }

  /// The candidate that ``expandNearest()`` would return, if it is known without a search.
  @inline(__always)
  var upcoming: DistanceKey? { upcoming(0) }

  @inline(__always)
  func upcoming(_ offset: Int) -> DistanceKey? {
    let index = cursor &+ offset
    return index < count && !keys[index].isExpanded ? keys[index] : nil
  }
}
