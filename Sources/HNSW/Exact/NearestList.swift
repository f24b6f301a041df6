// SPDX-License-Identifier: Apache-2.0

/// The k nearest of the vectors that it is offered, smaller labels first among equal distances.
///
/// A heap with the farthest on top. What is offered is compared with the top eight distances at a time, and after the
/// first few hundred rows next to nothing passes.
struct NearestList {
  private let k: Int
  private var heap: [Neighbor] = []
  /// The greatest distance that can still enter.
  private var bound: Float

  /// - Parameters:
  ///   - k: at least 1.
  ///   - limit: the greatest distance to take.
  init(k: Int, limit: Float) {
    self.k = k
    bound = limit
    heap.reserveCapacity(k)
  }

  /// Nearest first.
  var sorted: [Neighbor] { heap.sorted() }

  /// Takes in those of `count` distances that belong to the nearest; never a NaN.
  ///
  /// - Parameter label: the label of the vector at an index, or nil for one that is not to be taken. Called for few.
  /// - Complexity: O(count + taken · log k).
  mutating func take(_ distances: UnsafePointer<Float>, _ count: Int, label: (Int) -> UInt64?) {
    var index = 0
    while index &+ 8 <= count {
      let eight = UnsafeRawPointer(distances + index).loadUnaligned(as: SIMD8<Float>.self)
      let near = unsafeBitCast(eight .<= SIMD8(repeating: bound), to: SIMD4<UInt64>.self)
      if (near.x | near.y) | (near.z | near.w) != 0 {
        for lane in index..<index &+ 8 { take(distances[lane], at: lane, label: label) }
      }
      index &+= 8
    }
    while index < count {
      take(distances[index], at: index, label: label)
      index &+= 1
    }
  }

  private mutating func take(_ distance: Float, at index: Int, label: (Int) -> UInt64?) {
    guard distance <= bound, let label = label(index) else { return }
    let candidate = Neighbor(label: label, distance: distance)
    if heap.count < k {
      heap.append(candidate)
      rise()
    } else if candidate < heap[0] {
      heap[0] = candidate
      sink()
    }
    if heap.count == k { bound = heap[0].distance }
  }

  /// Moves the last element up to its place.
  private mutating func rise() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent] < heap[child] else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  /// Moves the first element down to its place.
  private mutating func sink() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child] < heap[child + 1] { child += 1 }
      guard heap[parent] < heap[child] else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
