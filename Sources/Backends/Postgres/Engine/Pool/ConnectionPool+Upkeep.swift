// SPDX-License-Identifier: Apache-2.0

import HNSW
internal import Logging
internal import Synchronization
internal import VectorStoreCore

extension ConnectionPool {
  /// Changes the state under the lock, then does what that calls for.
  func change(_ body: (inout PoolState, inout PoolState.Work) -> Void) {
    var work = PoolState.Work()
    let (before, after, wantsTimers) = state.withLock { state in
      let before = state.statistics
      body(&state, &work)
      return (before, state.statistics, state.wantsTimers)
    }
    for (waiter, result) in work.resumed { waiter.continuation.resume(with: result) }
    for continuation in work.drained { continuation.resume() }
    metrics.note(after, since: before)
    for _ in 0..<work.connects { startConnecting() }
    if wantsTimers { setTimers() }
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
      if state.wantsWaiterTimer, let first = state.waiters.first {
        if let earlier = state.waiterTimer { reactor.cancel(earlier.token) }
        let token = reactor.schedule(at: first.deadline) { [weak self] in self?.expireWaiters() }
        state.waiterTimer = (token, first.deadline)
      }
      if state.wantsMaintenance {
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
