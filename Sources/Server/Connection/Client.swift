// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Whoever is at the other end of a connection, as long as he is there.
///
/// A connection has one request at a time, so that one piece of work at most is for him.
final class Client: Sendable {
  private struct State {
    var isGone = false
    var onDeparture: (@Sendable () -> Void)?
  }

  /// Runs tasks on the thread of his connection.
  let executor: EventLoopExecutor
  private let state = Mutex(State())

  init(on loop: any EventLoop) { executor = EventLoopExecutor(loop) }

  /// Calls the body once when he goes, at once where he has gone, until ``forget()``.
  func onDeparture(_ body: @escaping @Sendable () -> Void) {
    let isGone = state.withLock { state in
      if !state.isGone { state.onDeparture = body }
      return state.isGone
    }
    if isGone { body() }
  }

  /// Nothing is for him any more.
  func forget() {
    // The closure is let go outside of the lock.
    let body = state.withLock { $0.onDeparture.take() }
    _ = body
  }

  /// He has closed the connection.
  func left() {
    let body = state.withLock { state in
      state.isGone = true
      return state.onDeparture.take()
    }
    body?()
  }
}
