// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells work on a thread of its own that the task that waits for it was cancelled.
final class Cancellation: Sendable {
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .relaxed) }

  func cancel() { flag.store(true, ordering: .relaxed) }

  /// Throws where the task was cancelled. Long work calls it now and then, as long as it can be undone.
  func check() throws {
    if isCancelled { throw CancellationError() }
  }
}
