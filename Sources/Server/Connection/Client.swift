// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whoever is at the other end of a connection, as long as he is there.
///
/// A connection has one request at a time, so that one task at most waits for his going.
final class Client: Sendable {
  private struct State {
    var isGone = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Waits until he is gone, or until the task is cancelled.
  func departure() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          // The handler may have run before there was anything to resume.
          guard !state.isGone, !Task.isCancelled else { return false }
          state.waiting = continuation
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      resume { _ in }
    }
  }

  /// He has closed the connection.
  func left() { resume { $0.isGone = true } }

  private func resume(_ change: (inout State) -> Void) {
    let waiting = state.withLock { state in
      change(&state)
      return state.waiting.take()
    }
    waiting?.resume()
  }
}
