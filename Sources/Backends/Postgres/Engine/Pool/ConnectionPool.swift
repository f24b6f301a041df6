// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import Synchronization
internal import VectorStoreCore

/// Connections, lent to one task at a time.
final class ConnectionPool: Sendable {
  typealias Instant = ContinuousClock.Instant

  let options: PGEngine.Options
  let connector: Connector
  let metrics: PoolMetrics
  let state: Mutex<PoolState>

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
