// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import Synchronization
internal import VectorStoreCore

/// Connections, lent to one task at a time.
final class ConnectionPool: Sendable {
  typealias Instant = ContinuousClock.Instant

  let options: PGEngine.Options
  private let connector: Connector
  private let metrics: PoolMetrics
  private let state: Mutex<PoolState>

  init(_ connector: Connector, _ options: PGEngine.Options) {
    self.connector = connector
    self.options = options
    metrics = PoolMetrics(name: options.applicationName)
    state = Mutex(PoolState(options))
  }

  deinit {
    let timers = state.withLock { [$0.waiterTimer?.token, $0.maintenanceTimer].compactMap { $0 } }
    guard !timers.isEmpty, let reactor = try? Reactor.running() else { return }
    timers.forEach(reactor.cancel)
  }

  var statistics: PoolStatistics { state.withLock { $0.statistics } }

  /// Opens the minimum of connections, in the background.
  func warmUp() {
    guard options.minimumSize > 0 else { return }
    change { $0.plan(.now, forMinimum: true, &$1) }
  }

  /// A connection that was whole a moment ago, for the caller alone until he gives it back.
  func acquire() async throws -> Session {
    try Task.checkCancellation()
    let began = Instant.now
    let deadline = began + options.acquireTimeout
    var isFirst = true
    while true {
      let session = try await next(deadline, ahead: !isFirst)
      isFirst = false
      if await isAlive(session) {
        noteWait(began.duration(to: .now))
        return session
      }
      // What ended this one has probably ended those that have rested as long, too.
      change { state, work in
        state.figures.broken += 1 + state.idle.count
        work.closed += state.idle
        state.idle = []
        state.release(session, isFit: false, &work)
      }
    }
  }

  /// Takes a connection back: what is left of a transaction is rolled back, and a broken or old one is replaced.
  func release(_ session: Session) async {
    session.pendingBegin = nil
    if session.isOpen, session.isInsideTransaction {
      _ = try? await session.run([PGStatement("ROLLBACK", isPrepared: false)], .housekeeping)
    }
    let now = Instant.now
    let isWhole = session.isOpen && session.isOutsideTransaction
    session.idleSince = now
    change { state, work in
      if !isWhole { state.figures.broken += 1 }
      state.release(session, isFit: isWhole && session.expiresAt > now, &work)
    }
  }

  /// Refuses new work, waits for what is running, and cancels it when that takes too long.
  func close() async {
    let error = VectorStoreError(.unavailable, "the engine is closed")
    change { state, work in
      state.isClosed = true
      work.closed += state.idle
      state.idle = []
      work.resumed += state.waiters.removeAll().map { ($0, .failure(error)) }
    }
    if await drain(options.closeTimeout) { return }
    options.logger.warning("closing: statements are still running, and are cancelled")
    for key in state.withLock({ $0.inUse.values.map(\.cancelKey) }) { _ = SystemThread.start { key.cancel() } }
    _ = await drain(Patience.drainLimit)
  }

  /// Whether all connections came back in time.
  private func drain(_ limit: Duration) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await withCheckedContinuation { continuation in
          let isDrained = self.state.withLock { state in
            if !state.inUse.isEmpty { state.closers.append(continuation) }
            return state.inUse.isEmpty
          }
          if isDrained { continuation.resume() }
        }
      }
      group.addTask {
        try? await Task.sleep(for: limit)
        // Also when the sleep was cancelled: nobody is left waiting.
        self.change { state, work in
          work.drained = state.closers
          state.closers = []
        }
      }
      await group.next()
      group.cancelAll()
    }
    return state.withLock { $0.inUse.isEmpty }
  }

  private func next(_ deadline: Instant, ahead: Bool) async throws -> Session {
    if let session = try state.withLock({ state in
      guard !state.isClosed else { throw VectorStoreError(.unavailable, "the engine is closed") }
      return state.takeIdle()
    }) {
      return session
    }
    let place = Mutex<Int?>(nil)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let waiter = WaiterQueue.Waiter(continuation: continuation, deadline: deadline)
        if let error = enqueue(waiter, ahead: ahead, place) { return continuation.resume(throwing: error) }
        // The handler may have run before there was anything to take out.
        if Task.isCancelled { leave(place) }
      }
    } onCancel: {
      leave(place)
    }
  }

  private func enqueue(
    _ waiter: WaiterQueue.Waiter, ahead: Bool, _ place: borrowing Mutex<Int?>
  ) -> VectorStoreError? {
    var refusal: VectorStoreError?
    var number: Int?
    change { state, work in
      if state.isClosed {
        refusal = VectorStoreError(.unavailable, "the engine is closed")
      } else if let session = state.takeIdle() {
        work.resumed.append((waiter, .success(session)))
      } else if state.waiters.count >= options.waiterLimit, !ahead, state.total >= state.maximum {
        state.figures.refused += 1
        refusal = VectorStoreError(
          .unavailable, "the pool is full: \(state.waiters.count) tasks wait for \(state.maximum) connections already")
      } else {
        number = state.waiters.append(waiter, first: ahead)
        state.plan(.now, &work)
      }
    }
    place.withLock { $0 = number }
    return refusal
  }

  private func leave(_ place: borrowing Mutex<Int?>) {
    guard let number = place.withLock({ $0.take() }) else { return }
    state.withLock { $0.waiters.remove(number) }?.continuation.resume(throwing: CancellationError())
  }

  /// Asks connections that have rested, and those that have something to say, whether they live.
  private func isAlive(_ session: Session) async -> Bool {
    guard session.isOpen else { return false }
    guard session.hasInput || session.idleSince + options.livenessInterval <= .now else { return true }
    do {
      try await session.ping()
      return session.isOpen
    } catch {
      return false
    }
  }

  private func noteWait(_ wait: Duration) {
    state.withLock { state in
      state.figures.acquired += 1
      state.figures.waitTime += wait
      state.figures.longestWait = max(state.figures.longestWait, wait)
    }
    metrics.note(wait: wait)
  }
}

extension ConnectionPool {
  /// Changes the state under the lock, then does what that calls for.
  private func change(_ body: (inout PoolState, inout PoolState.Work) -> Void) {
    var work = PoolState.Work()
    let (before, after) = state.withLock { state in
      let before = state.statistics
      body(&state, &work)
      return (before, state.statistics)
    }
    for (waiter, result) in work.resumed { waiter.continuation.resume(with: result) }
    for continuation in work.drained { continuation.resume() }
    metrics.note(after, since: before)
    for _ in 0..<work.connects { startConnecting() }
    setTimers()
  }

  private func startConnecting() {
    do {
      let reactor = try Reactor.running()
      let started = SystemThread.start { [weak self, connector] in
        let result = Result { try connector.connect(reactor) }
        self?.finishConnecting(result)
      }
      guard started else { throw VectorStoreError(.unavailable, "the system gives no thread to connect on") }
    } catch {
      finishConnecting(.failure(error))
    }
  }

  private func finishConnecting(_ result: Result<Session, any Error>) {
    switch result {
    case .success(let session):
      // Up to a tenth less, so that connections of one moment don't end in one moment.
      session.expiresAt = session.bornAt + options.lifetime * Double.random(in: 0.9...1)
      change { $0.connected(session, &$1) }
    case .failure(let error):
      options.logger.debug("no connection could be made: \(error)")
      change { $0.connectFailed(error, &$1) }
    }
  }

  /// One timer for the first in turn, one for the upkeep; both are gone when there is nothing to time.
  private func setTimers() {
    guard let reactor = try? Reactor.running() else { return }
    state.withLock { state in
      if let first = state.waiters.first, first.deadline < state.waiterTimer?.deadline ?? first.deadline + .seconds(1) {
        if let earlier = state.waiterTimer { reactor.cancel(earlier.token) }
        let token = reactor.schedule(at: first.deadline) { [weak self] in self?.expireWaiters() }
        state.waiterTimer = (token, first.deadline)
      }
      if state.maintenanceTimer == nil, !state.isClosed, state.total > 0 || state.minimum > 0 {
        let pause = min(max(min(options.idleTimeout, options.lifetime) / 4, .milliseconds(50)), .seconds(15))
        state.maintenanceTimer = reactor.schedule(at: .now + pause) { [weak self] in self?.maintain() }
      }
    }
  }

  private func expireWaiters() {
    change { state, work in
      state.waiterTimer = nil
      state.expireWaiters(.now, timeout: options.acquireTimeout, &work)
    }
  }

  private func maintain() {
    change { state, work in
      state.maintenanceTimer = nil
      state.retire(.now, idleTimeout: options.idleTimeout, &work)
    }
  }
}
