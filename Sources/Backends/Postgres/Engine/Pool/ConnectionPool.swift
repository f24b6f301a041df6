// SPDX-License-Identifier: Apache-2.0

import HNSW
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
  ///
  /// - Parameter taken: one that ``takeIdle()`` gave.
  func acquire(_ taken: Session? = nil) async throws -> Session {
    let began = Instant.now
    let deadline = began + options.acquireTimeout
    var taken = taken
    var isFirst = true
    while true {
      let session: Session
      if let first = taken.take() { session = first } else { session = try await next(deadline, ahead: !isFirst) }
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

  /// Whether there is something left of a transaction.
  func needsRollback(_ session: Session) -> Bool { session.isOpen && session.isInsideTransaction }

  /// Rolls back what is left of a transaction, before the connection is given back.
  func rollBack(_ session: Session) async {
    _ = try? await session.run([PGStatement("ROLLBACK", isPrepared: false)], .housekeeping)
  }

  /// Takes a connection back; a broken or old one is replaced, and so is one that is still in a transaction.
  func release(_ session: Session) {
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

  /// A connection that rests, if there is one and nobody waits; it may not be whole any more.
  func takeIdle() throws -> Session? {
    try state.withLock { state in
      guard !state.isClosed else { throw VectorStoreError(.unavailable, "the engine is closed") }
      return state.takeIdle()
    }
  }

  private func next(_ deadline: Instant, ahead: Bool) async throws -> Session {
    if let session = try takeIdle() { return session }
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

  /// Whether it has not rested for long, and the server has said nothing since, such as good-bye.
  func isFresh(_ session: Session) -> Bool {
    session.isOpen && session.idleSince + options.livenessInterval > .now && !session.hasInput
  }

  /// Asks connections that have rested, and those that have something to say, whether they live.
  private func isAlive(_ session: Session) async -> Bool {
    if isFresh(session) { return true }
    guard session.isOpen else { return false }
    do {
      try await session.ping()
      return session.isOpen
    } catch {
      return false
    }
  }

  /// Counts a connection that was given to a task.
  func noteWait(_ wait: Duration) {
    state.withLock { state in
      state.figures.acquired += 1
      state.figures.waitTime += wait
      state.figures.longestWait = max(state.figures.longestWait, wait)
    }
    metrics.note(wait: wait)
  }
}
