// SPDX-License-Identifier: Apache-2.0

/// The tasks that wait for a connection, first come first served. All operations take constant time, but for the skipping of
/// those that left.
struct WaiterQueue {
  typealias Continuation = CheckedContinuation<Session, any Error>

  struct Waiter {
    let continuation: Continuation
    let deadline: ContinuousClock.Instant
  }

  private var waiters: [Int: Waiter] = [:]
  private var front = 0
  private var back = 0

  var count: Int { waiters.count }

  /// The next in turn.
  var first: Waiter? {
    mutating get {
      skip()
      return waiters[front]
    }
  }

  /// Returns the place, by which the waiter may leave. One who had a connection that turned out dead goes first.
  mutating func append(_ waiter: Waiter, first: Bool) -> Int {
    let place: Int
    if first {
      front -= 1
      place = front
    } else {
      place = back
      back += 1
    }
    waiters[place] = waiter
    return place
  }

  mutating func popFirst() -> Waiter? {
    skip()
    guard let waiter = waiters.removeValue(forKey: front) else { return nil }
    front += 1
    return waiter
  }

  mutating func remove(_ place: Int) -> Waiter? { waiters.removeValue(forKey: place) }

  mutating func removeAll() -> [Waiter] {
    defer {
      waiters = [:]
      front = back
    }
    return waiters.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func skip() {
    while front < back, waiters[front] == nil { front += 1 }
  }
}
