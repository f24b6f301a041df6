// SPDX-License-Identifier: Apache-2.0

/// A list of candidates that keeps its memory from one use to the next.
///
/// A pointer of its own rather than an array: neighbour selection reads and writes a few of these for every link, and
/// an array in a class is checked for exclusive access each time.
struct KeyBuffer {
  private let keys: UnsafeMutablePointer<DistanceKey>
  let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    keys = .allocate(capacity: capacity)
  }

  func deallocate() { keys.deallocate() }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  /// Appends a key, or leaves it out where the buffer is full.
  @inline(__always)
  mutating func append(_ key: DistanceKey) {
    guard count < capacity else { return }
    keys[count] = key
    count &+= 1
  }

  @inline(__always)
  subscript(index: Int) -> DistanceKey {
    get { keys[index] }
    nonmutating set { keys[index] = newValue }
  }

  @inline(__always)
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Sorts by insertion: the lists are short and nearly sorted.
  func sort() {
    for index in 1..<max(count, 1) {
      let key = keys[index]
      var hole = index
      while hole > 0, key < keys[hole &- 1] {
        keys[hole] = keys[hole &- 1]
        hole &-= 1
      }
      keys[hole] = key
    }
  }

  var elements: UnsafeBufferPointer<DistanceKey> { UnsafeBufferPointer(start: keys, count: count) }
}
