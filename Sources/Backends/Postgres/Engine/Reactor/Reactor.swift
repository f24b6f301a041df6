// SPDX-License-Identifier: Apache-2.0

import HNSW
internal import Synchronization
internal import VectorStoreCore

/// One thread that waits for the sockets of all engines of the process, and for their deadlines.
///
/// It calls the handlers itself, so that an answer which comes in many pieces wakes the task that asked once, at its end.
final class Reactor: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Why a handler is called.
  enum Event: Sendable {
    case ready, expired
    /// The system does not watch the socket.
    case refused
  }

  /// What a handler wants next.
  enum Verdict: Sendable {
    case again(Interest, until: Instant?)
    case done
  }

  /// Names a socket's registration, or a timer.
  struct Token: Sendable { fileprivate let id: UInt64, socket: Int32 }

  private struct Registration {
    let id: UInt64
    let handler: @Sendable (Event) -> Verdict
    var deadline: Instant?
    /// An earlier deadline that was asked for since, also while the handler ran.
    var hastened: Instant?
    var isRefused = false
  }

  private struct Timer {
    let deadline: Instant
    let body: @Sendable () -> Void
  }

  private struct State {
    var registrations: [Int32: Registration] = [:]
    var timers: [UInt64: Timer] = [:]
    /// No later than the earliest deadline. It may be earlier: what it stood for may have ended.
    var wakeAt: Instant?
    var lastID: UInt64 = 0

    mutating func newID() -> UInt64 {
      lastID += 1
      return lastID
    }

    /// Whether the thread must be woken to learn of the deadline.
    @discardableResult mutating func expect(_ deadline: Instant?) -> Bool {
      guard let deadline else { return false }
      if let wakeAt, wakeAt <= deadline { return false }
      wakeAt = deadline
      return true
    }
  }

  private static let shared = Mutex<Reactor?>(nil)

  private let poller: any SocketPoller
  private let state = Mutex(State())

  /// The reactor of the process, started on first use.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` where the system gives no thread or no descriptor for it.
  static func running() throws -> Reactor {
    try shared.withLock { shared in
      if let shared { return shared }
      #if os(Linux)
        let reactor = try Reactor(poller: EpollPoller())
      #else
        let reactor = try Reactor(poller: PollPoller())
      #endif
      shared = reactor
      return reactor
    }
  }

  /// A reactor of its own, whose thread never ends.
  init(poller: any SocketPoller) throws {
    self.poller = poller
    guard SystemThread.start(.ordinary, { [self] in run() }) else {
      throw VectorStoreError(.unavailable, "the system gives no thread for PostgreSQL's sockets")
    }
  }

  /// Calls the handler, on the reactor's thread, each time the socket is ready, and when the deadline has passed, until it
  /// says that it is done. There is one registration of a socket at a time.
  func watch(
    _ socket: Int32, for interest: Interest, until deadline: Instant?, _ handler: @escaping @Sendable (Event) -> Verdict
  ) -> Token {
    let (id, wakes) = state.withLock { state in
      let id = state.newID()
      state.registrations[socket] = Registration(id: id, handler: handler, deadline: deadline)
      return (id, state.expect(deadline))
    }
    arm(socket, for: interest)
    if wakes { poller.wake() }
    return Token(id: id, socket: socket)
  }

  /// Brings the deadline of a registration forward; without effect when it has ended.
  func hasten(_ token: Token, to deadline: Instant) {
    let wakes = state.withLock { state in
      guard state.registrations[token.socket]?.id == token.id else { return false }
      state.registrations[token.socket]?.hastened = deadline
      return state.expect(deadline)
    }
    if wakes { poller.wake() }
  }

  /// Calls the body once, on the reactor's thread, when the moment has come.
  func schedule(at deadline: Instant, _ body: @escaping @Sendable () -> Void) -> Token {
    let (id, wakes) = state.withLock { state in
      let id = state.newID()
      state.timers[id] = Timer(deadline: deadline, body: body)
      return (id, state.expect(deadline))
    }
    if wakes { poller.wake() }
    return Token(id: id, socket: -1)
  }

  /// Takes back a timer; its body may be running.
  func cancel(_ timer: Token) {
    // The closure is let go outside of the lock: what it holds may come back here as it ends.
    let removed = state.withLock { $0.timers.removeValue(forKey: timer.id) }
    _ = removed
  }

  private func arm(_ socket: Int32, for interest: Interest) {
    guard !poller.arm(socket, for: interest) else { return }
    let now = ContinuousClock.now
    let wakes = state.withLock { state in
      state.registrations[socket]?.isRefused = true
      state.registrations[socket]?.hastened = now
      return state.expect(now)
    }
    if wakes { poller.wake() }
  }

  private func run() {
    var ready: [Int32] = []
    while true {
      ready.removeAll(keepingCapacity: true)
      poller.wait(milliseconds: timeToWait(), into: &ready)
      for socket in ready { call(socket, .ready) }
      expire()
    }
  }

  private func timeToWait() -> Int32 {
    guard let wakeAt = state.withLock({ $0.wakeAt }) else { return -1 }
    let left = ContinuousClock.now.duration(to: wakeAt)
    guard left > .zero else { return 0 }
    // Rounded up, lest the thread spins through the last millisecond.
    return Int32(min(left / .milliseconds(1), 1e9)) + 1
  }

  private func call(_ socket: Int32, _ event: Event) {
    guard let registration = state.withLock({ $0.registrations[socket] }) else { return }
    switch registration.handler(registration.isRefused ? .refused : event) {
    case .done:
      let ended = state.withLock { state in
        // The task may have gone on and registered the socket anew.
        state.registrations[socket]?.id == registration.id ? state.registrations.removeValue(forKey: socket) : nil
      }
      _ = ended
    case .again(let interest, let deadline):
      state.withLock { state in
        state.registrations[socket]?.deadline = deadline
        state.expect(deadline)
      }
      arm(socket, for: interest)
    }
  }

  private func expire() {
    let now = ContinuousClock.now
    let (sockets, timers) = state.withLock { state -> ([Int32], [Timer]) in
      guard let wakeAt = state.wakeAt, wakeAt <= now else { return ([], []) }
      var sockets: [Int32] = []
      var timers: [Timer] = []
      var next: Instant?
      for (socket, registration) in state.registrations {
        let deadline = [registration.deadline, registration.hastened].compactMap { $0 }.min()
        guard let deadline else { continue }
        if deadline <= now {
          state.registrations[socket]?.deadline = nil
          state.registrations[socket]?.hastened = nil
          sockets.append(socket)
        } else {
          next = min(next ?? deadline, deadline)
        }
      }
      for (id, timer) in state.timers {
        if timer.deadline <= now {
          timers.append(timer)
          state.timers[id] = nil
        } else {
          next = min(next ?? timer.deadline, timer.deadline)
        }
      }
      state.wakeAt = next
      return (sockets, timers)
    }
    for socket in sockets { call(socket, .expired) }
    for timer in timers { timer.body() }
  }
}
