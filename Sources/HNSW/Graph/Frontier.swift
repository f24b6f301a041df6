// SPDX-License-Identifier: Apache-2.0

/// Candidates to expand, nearest first, without a limit: a binary heap.
///
/// A filtered search needs it beside its results, since it also walks over vectors that may not be results.
struct Frontier {
  private var keys: [DistanceKey] = []

  mutating func removeAll() { keys.removeAll(keepingCapacity: true) }

  mutating func insert(_ key: DistanceKey) {
    keys.append(key)
    var child = keys.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard keys[child] < keys[parent] else { return }
      keys.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeNearest() -> DistanceKey? {
    guard let nearest = keys.first, let last = keys.popLast() else { return nil }
    guard !keys.isEmpty else { return nearest }
    keys[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < keys.count else { return nearest }
      if child + 1 < keys.count, keys[child + 1] < keys[child] { child += 1 }
      guard keys[child] < keys[parent] else { return nearest }
      keys.swapAt(child, parent)
      parent = child
    }
  }
}
