// SPDX-License-Identifier: Apache-2.0

import HNSW
internal import Synchronization

/// Brings one conversation of a connection to its end while the task that began it sleeps.
///
/// The connection's bytes are moved by `step`, on the reactor's thread, until it wants nothing more. An interruption (the
/// task was cancelled, the time is over) cancels the statement in the server and lets the steps go on until the
/// connection is quiet; where that takes too long, the connection is marked broken.
final class Drive: Sendable {
  typealias Instant = ContinuousClock.Instant

  enum Interruption: Sendable { case cancelled, timedOut }

  private struct State {
    var interest: Interest
    var deadline: Instant?
    var interruption: Interruption?
    var giveUpAt: Instant?
    var nextCancelAt: Instant?
    var interval = Patience.cancelInterval
    var cancelsUnderWay = 0
    var isOver = false
    var token: Reactor.Token?
    var sleeper: UnsafeContinuation<Void, Never>?
    /// Waits for cancellations under way, so that none hits the next statement.
    var lingerer: UnsafeContinuation<Bool, Never>?

    var nextDeadline: Instant? {
      guard interruption != nil else { return deadline }
      return [giveUpAt, nextCancelAt].compactMap { $0 }.min()
    }
  }

  private let session: Session
  private let patience: Patience
  private let step: @Sendable () -> Interest?
  private let state: Mutex<State>

  init(
    _ session: Session, patience: Patience, interest: Interest, step: @escaping @Sendable () -> Interest?
  ) {
    self.session = session
    self.patience = patience
    self.step = step
    let deadline = patience.limit.map { ContinuousClock.now + $0 }
    state = Mutex(State(interest: interest, deadline: deadline))
  }

  /// Returns when the last step has run, or the connection is marked broken.
  func run() async -> Interruption? {
    if patience.heedsCancellation {
      await withTaskCancellationHandler {
        await sleep()
      } onCancel: {
        interrupt(.cancelled)
      }
    } else {
      await sleep()
    }
    await linger()
    return state.withLock { $0.interruption }
  }

  private func sleep() async {
    await withUnsafeContinuation { sleeper in
      let socket = session.socket
      guard socket >= 0 else {
        session.isBroken = true
        state.withLock { $0.isOver = true }
        sleeper.resume()
        return
      }
      state.withLock { state in
        state.sleeper = sleeper
        // Within the lock, so that an interruption either is known here or finds the token.
        state.token = session.reactor.watch(socket, for: state.interest, until: state.nextDeadline) { [self] event in
          proceed(event)
        }
      }
    }
  }

  /// On the reactor's thread.
  private func proceed(_ event: Reactor.Event) -> Reactor.Verdict {
    switch event {
    case .ready:
      guard let interest = step() else { return finish() }
      let deadline = state.withLock { state in
        state.interest = interest
        return state.nextDeadline
      }
      return .again(interest, until: deadline)
    case .expired:
      return expire()
    case .refused:
      session.isBroken = true
      return finish()
    }
  }

  private func expire() -> Reactor.Verdict {
    let now = ContinuousClock.now
    let verdict = state.withLock { state -> Reactor.Verdict in
      if state.interruption == nil, let deadline = state.deadline, deadline <= now {
        begin(.timedOut, at: now, in: &state)
      }
      if let giveUpAt = state.giveUpAt, giveUpAt <= now { return .done }
      if let next = state.nextCancelAt, next <= now {
        state.interval *= 2
        state.nextCancelAt = now + state.interval
        sendCancel(in: &state)
      }
      return .again(state.interest, until: state.nextDeadline)
    }
    guard case .done = verdict else { return verdict }
    session.isBroken = true
    return finish()
  }

  private func finish() -> Reactor.Verdict {
    let sleeper = state.withLock { state in
      state.isOver = true
      return state.sleeper.take()
    }
    sleeper?.resume()
    return .done
  }

  private func interrupt(_ interruption: Interruption) {
    state.withLock { state in
      guard !state.isOver, state.interruption == nil else { return }
      begin(interruption, at: .now, in: &state)
      if let token = state.token, let deadline = state.nextDeadline { session.reactor.hasten(token, to: deadline) }
    }
  }

  private func begin(_ interruption: Interruption, at now: Instant, in state: inout State) {
    state.interruption = interruption
    state.giveUpAt = now + patience.grace
    guard patience.cancelsInServer else { return }
    state.nextCancelAt = now + state.interval
    sendCancel(in: &state)
  }

  private func sendCancel(in state: inout State) {
    let key = session.cancelKey
    let started = SystemThread.start { [self] in
      key.cancel()
      let lingerer = self.state.withLock { state in
        state.cancelsUnderWay -= 1
        return state.cancelsUnderWay == 0 ? state.lingerer.take() : nil
      }
      lingerer?.resume(returning: true)
    }
    if started { state.cancelsUnderWay += 1 }
  }

  /// Waits for the cancellations under way, until the time of giving up.
  private func linger() async {
    let giveUpAt = state.withLock { $0.cancelsUnderWay == 0 ? nil : $0.giveUpAt }
    guard let giveUpAt else { return }
    let timer = Mutex<Reactor.Token?>(nil)
    let areOver = await withUnsafeContinuation { lingerer in
      let waits = state.withLock { state -> Bool in
        guard state.cancelsUnderWay > 0 else { return false }
        state.lingerer = lingerer
        return true
      }
      guard waits else { return lingerer.resume(returning: true) }
      let token = session.reactor.schedule(at: giveUpAt) { [self] in
        state.withLock { $0.lingerer.take() }?.resume(returning: false)
      }
      timer.withLock { $0 = token }
    }
    if let token = timer.withLock({ $0 }) { session.reactor.cancel(token) }
    if !areOver { session.isBroken = true }
  }
}
