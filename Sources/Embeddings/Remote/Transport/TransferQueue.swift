// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What tasks hand to the thread of a client.
final class TransferQueue: Sendable {
  /// What has come since the thread last asked.
  struct Work {
    /// Requests to be sent.
    var added: [TransferJob]
    /// Requests that nobody waits for any more, of those that are being sent and others.
    var cancelled: Set<UInt64>
  }

  private struct State {
    var last: UInt64 = 0
    var added: [TransferJob] = []
    var cancelled: Set<UInt64> = []
    var isStarted = false
    var isClosed = false
    /// Wakes the thread, while there is one.
    var waker: LoopWaker?
  }

  private let state = Mutex(State())
  /// What all transfers have in common.
  let settings: TransferSettings

  init(_ settings: TransferSettings) { self.settings = settings }

  // MARK: Tasks

  func newIdentifier() -> UInt64 {
    state.withLock { state in
      state.last += 1
      return state.last
    }
  }

  /// Adds a request; the first one starts the thread.
  func add(_ job: TransferJob) {
    let (isCancelled, isFirst) = state.withLock { state in
      guard !state.cancelled.contains(job.identifier) else { return (true, false) }
      defer { state.isStarted = true }
      state.added.append(job)
      state.waker?.wake()
      return (false, !state.isStarted)
    }
    if isCancelled { return job.continuation.resume(throwing: CancellationError()) }
    if isFirst, !CurlThread.start(self) { giveUp("the system gives no thread for transfers") }
  }

  /// Ends a request: at once if it has been added, else when it will be.
  func cancel(_ identifier: UInt64) {
    state.withLock { state in
      state.cancelled.insert(identifier)
      state.waker?.wake()
    }
  }

  /// Forgets that a request was cancelled, once nobody can add it any more.
  func forget(_ identifier: UInt64) { state.withLock { _ = $0.cancelled.remove(identifier) } }

  /// Ends the thread. There are no requests then: each keeps its client.
  func close() {
    state.withLock { state in
      state.isClosed = true
      state.waker?.wake()
    }
  }

  // MARK: The thread

  /// Makes it known what to wake the thread by.
  func open(_ waker: LoopWaker) { state.withLock { $0.waker = waker } }

  /// What has come; nil when the thread is to end.
  func take() -> Work? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      defer { state.added = [] }
      return Work(added: state.added, cancelled: state.cancelled)
    }
  }

  /// Fails what has been added; nobody wakes the thread any more, and the next request starts another.
  func giveUp(_ reason: String) {
    let jobs = state.withLock { state in
      defer { state.added = [] }
      state.waker = nil
      state.isStarted = false
      return state.added
    }
    for job in jobs { job.continuation.resume(throwing: TransferFailure(kind: .other, detail: reason)) }
  }
}
