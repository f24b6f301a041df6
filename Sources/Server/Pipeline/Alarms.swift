// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The time limits of everything that is under way, kept by one sleeping task for all of them.
///
/// Nearly every alarm is taken back long before its time. A sleeping task for each would be made and cancelled with each
/// request, and the system would keep its timer until its time even so.
final class Alarms: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Names an alarm.
  struct Token: Sendable { fileprivate let id: UInt64 }

  private struct Alarm {
    let time: Instant
    let body: @Sendable () -> Void
  }

  private struct State {
    var alarms: [UInt64: Alarm] = [:]
    var lastID: UInt64 = 0
    /// When sleeping tasks wake: one of them no later than the earliest alarm.
    var sleepers: Set<Instant> = []

    /// Whether a task must be put to sleep until the time, since all others sleep longer.
    mutating func expect(_ time: Instant) -> Bool {
      guard sleepers.allSatisfy({ $0 > time }) else { return false }
      sleepers.insert(time)
      return true
    }
  }

  /// Those of the process.
  static let shared = Alarms()

  private let state = Mutex(State())

  /// Calls the body once when the time is over, unless the alarm was taken back. The body is short: others wait for it.
  func set(after time: Duration, _ body: @escaping @Sendable () -> Void) -> Token {
    let time = ContinuousClock.now + time
    let (id, sleeps) = state.withLock { state in
      state.lastID += 1
      state.alarms[state.lastID] = Alarm(time: time, body: body)
      return (state.lastID, state.expect(time))
    }
    if sleeps { sleep(until: time) }
    return Token(id: id)
  }

  /// Takes back an alarm; its body may be running.
  func cancel(_ token: Token) {
    // The closure is let go outside of the lock: what it holds may come back here as it ends.
    let removed = state.withLock { $0.alarms.removeValue(forKey: token.id) }
    _ = removed
  }

  private func sleep(until time: Instant) {
    Task.detached { [self] in
      try? await Task.sleep(until: time, clock: .continuous)
      ring(time)
    }
  }

  private func ring(_ time: Instant) {
    let (due, next) = state.withLock { state -> ([Alarm], Instant?) in
      let now = ContinuousClock.now
      let due = state.alarms.filter { $0.value.time <= now }
      for id in due.keys { state.alarms[id] = nil }
      state.sleepers.remove(time)
      let next = state.alarms.values.lazy.map(\.time).min()
      return (Array(due.values), next.flatMap { state.expect($0) ? $0 : nil })
    }
    if let next { sleep(until: next) }
    for alarm in due { alarm.body() }
  }
}
