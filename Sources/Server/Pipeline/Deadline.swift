// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Work that is cancelled when its time is over, or when nobody waits for it any more.
enum Deadline {
  private enum Reason { case late, unheard }

  /// Why work was cancelled: the first reason that there was.
  private final class Interruption: Sendable {
    private let first = Mutex<Reason?>(nil)

    var reason: Reason? { first.withLock { $0 } }

    func note(_ reason: Reason) { first.withLock { $0 = $0 ?? reason } }
  }

  /// What the work returns. When time is over the work is cancelled and waited for: it ends soon, and what it has done by
  /// then is answered truthfully.
  ///
  /// The work is one task; an alarm and the client's going cancel it from outside. A group with a sleeping task and one that
  /// waits for the client would be three, and their wake-ups.
  ///
  /// - Parameters:
  ///   - executor: where the work runs; nil for Swift's own threads.
  ///   - client: who waits for the answer, where that is known and the work is for nobody else.
  /// - Throws: what the work throws; the problem in the place of its `CancellationError` after the time is over.
  static func run<T: Sendable>(
    _ limit: Duration, _ problem: @autoclosure () -> Problem, on executor: EventLoopExecutor? = nil,
    for client: Client? = nil, _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let interruption = Interruption()
    let task = Task(executorPreference: executor) { try await work() }
    let alarm = Alarms.shared.set(after: limit) {
      interruption.note(.late)
      task.cancel()
    }
    client?.onDeparture {
      interruption.note(.unheard)
      task.cancel()
    }
    defer {
      Alarms.shared.cancel(alarm)
      client?.forget()
    }
    do {
      return try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
    } catch {
      guard let reason = interruption.reason, reason == .unheard || error is CancellationError else { throw error }
      try Task.checkCancellation()
      throw reason == .unheard ? Problem(.clientGone, "the client has closed the connection") : problem()
    }
  }
}
