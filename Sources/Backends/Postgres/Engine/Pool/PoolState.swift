// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// What a pool knows, changed under its lock. What is to be done outside of the lock is returned as ``Work``.
struct PoolState {
  typealias Instant = ContinuousClock.Instant

  /// What is to be done when the lock is free again.
  struct Work {
    /// Tasks that go on, with a connection or an error.
    var resumed: [(WaiterQueue.Waiter, Result<Session, any Error>)] = []
    /// Connections to open.
    var connects = 0
    /// Connections to close, by letting go of them.
    var closed: [Session] = []
    /// Whoever waits for the last connection to come back.
    var drained: [CheckedContinuation<Void, Never>] = []
  }

  let maximum: Int
  let minimum: Int
  /// The one used last is at the end, and is used next: those at the front grow old.
  var idle: [Session] = []
  var inUse: [ObjectIdentifier: Session] = [:]
  var connecting = 0
  var waiters = WaiterQueue()
  var isClosed = false
  var closers: [CheckedContinuation<Void, Never>] = []
  var figures = PoolStatistics()
  var lastConnectError: VectorStoreError?
  /// When the server has no room, the connections there are must do for a while.
  var noConnectBefore: Instant?
  var waiterTimer: (token: Reactor.Token, deadline: Instant)?
  var maintenanceTimer: Reactor.Token?

  init(_ options: PGEngine.Options) {
    maximum = options.maximumSize
    minimum = options.minimumSize
  }

  var total: Int { idle.count + inUse.count + connecting }

  var statistics: PoolStatistics {
    var figures = figures
    figures.idle = idle.count
    figures.inUse = inUse.count
    figures.connecting = connecting
    figures.waiting = waiters.count
    return figures
  }

  /// Whether a timer is to be set.
  var wantsTimers: Bool { mutating get { wantsWaiterTimer || wantsMaintenance } }

  /// Whether the first in turn gives up before the timer that is set, if any, goes off.
  var wantsWaiterTimer: Bool {
    mutating get {
      guard let first = waiters.first else { return false }
      guard let waiterTimer else { return true }
      return first.deadline < waiterTimer.deadline
    }
  }

  /// Whether there is something to keep up, and no timer for that.
  var wantsMaintenance: Bool { maintenanceTimer == nil && !isClosed && (total > 0 || minimum > 0) }

  /// Takes an idle connection if nobody waits for one.
  mutating func takeIdle() -> Session? {
    guard waiters.count == 0, let session = idle.popLast() else { return nil }
    inUse[ObjectIdentifier(session)] = session
    return session
  }

  /// A connection that is whole: to the next in turn, or to rest.
  mutating func offer(_ session: Session, _ work: inout Work) {
    if isClosed {
      work.closed.append(session)
    } else if let waiter = waiters.popFirst() {
      inUse[ObjectIdentifier(session)] = session
      work.resumed.append((waiter, .success(session)))
    } else {
      idle.append(session)
    }
  }

  /// A connection comes back from its holder.
  mutating func release(_ session: Session, isFit: Bool, _ work: inout Work) {
    inUse[ObjectIdentifier(session)] = nil
    if isFit {
      offer(session, &work)
    } else {
      work.closed.append(session)
    }
    plan(.now, &work)
    if isClosed, inUse.isEmpty {
      work.drained = closers
      closers = []
    }
  }

  /// Opens as many connections as tasks wait for, and as the minimum asks for, within the maximum.
  mutating func plan(_ now: Instant, forMinimum: Bool = false, _ work: inout Work) {
    guard !isClosed else { return }
    if let noConnectBefore, noConnectBefore > now, !inUse.isEmpty { return }
    while total < maximum, connecting < waiters.count || (forMinimum && total < minimum) {
      connecting += 1
      work.connects += 1
    }
  }

  mutating func connected(_ session: Session, _ work: inout Work) {
    connecting -= 1
    figures.connected += 1
    lastConnectError = nil
    offer(session, &work)
    plan(.now, &work)
  }

  /// The first in turn is told why, unless the server is only full and others will give theirs back.
  mutating func connectFailed(_ error: any Error, _ work: inout Work) {
    connecting -= 1
    figures.connectFailures += 1
    let now = Instant.now
    lastConnectError = error as? VectorStoreError
    if lastConnectError?.context[.sqlState] == SQLState.tooManyConnections, !inUse.isEmpty {
      noConnectBefore = now + .milliseconds(500)
    } else if let waiter = waiters.popFirst() {
      work.resumed.append((waiter, .failure(error)))
    }
    plan(now, &work)
  }

  /// Tasks whose time is over.
  mutating func expireWaiters(_ now: Instant, timeout: Duration, _ work: inout Work) {
    while let waiter = waiters.first, waiter.deadline <= now {
      _ = waiters.popFirst()
      figures.timeouts += 1
      var message =
        "no connection became free within the acquire timeout of \(timeout): \(inUse.count) of \(maximum) are in use"
      if let lastConnectError { message += "; the last attempt to connect: \(lastConnectError.message)" }
      work.resumed.append((waiter, .failure(VectorStoreError(.unavailable, message))))
    }
  }

  /// Takes out the idle connections that are too old, or too many for too long.
  mutating func retire(_ now: Instant, idleTimeout: Duration, _ work: inout Work) {
    var kept: [Session] = []
    var left = total
    for session in idle {
      if session.expiresAt <= now || (left > minimum && session.idleSince + idleTimeout <= now) {
        work.closed.append(session)
        left -= 1
      } else {
        kept.append(session)
      }
    }
    idle = kept
    plan(now, forMinimum: true, &work)
  }
}
