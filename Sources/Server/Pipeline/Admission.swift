// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets so many requests be worked on at a time; others wait in the order in which they came, and so many of them.
final class Admission: Sendable {
  private struct State {
    var active = 0
    /// Those that wait, by when they came.
    var waiting: [UInt64: CheckedContinuation<Bool, Never>] = [:]
    var first: UInt64 = 0
    var next: UInt64 = 0
    /// Those that have been told to wait and do not yet.
    var coming: Set<UInt64> = []
    /// Those of them that have been cancelled.
    var cancelled: Set<UInt64> = []
  }

  private let limit: Int
  private let waitingLimit: Int
  private let state = Mutex(State())

  init(limit: Int, waitingLimit: Int) {
    self.limit = max(1, limit)
    self.waitingLimit = waitingLimit
  }

  /// How many are worked on, and how many wait.
  var counts: (active: Int, waiting: Int) { state.withLock { ($0.active, $0.waiting.count) } }

  /// Runs the work when it is its turn.
  ///
  /// - Throws: ``Problem`` where too many wait, `CancellationError`, and what the work throws.
  func run<T>(_ work: () async throws -> T) async throws -> T {
    try await enter()
    defer { leave() }
    return try await work()
  }

  private enum Entry {
    case entered, full
    case waits(UInt64)
  }

  private func enter() async throws {
    let entry = state.withLock { state -> Entry in
      if state.active < limit {
        state.active += 1
        return .entered
      }
      guard state.waiting.count < waitingLimit else { return .full }
      defer { state.next += 1 }
      state.coming.insert(state.next)
      return .waits(state.next)
    }
    switch entry {
    case .entered: return
    case .full: throw Problem(.tooManyRequests, "too many requests are being worked on; try again")
    case .waits(let number):
      let isAdmitted = await withTaskCancellationHandler {
        await withCheckedContinuation { wait(number, $0) }
      } onCancel: {
        cancel(number)
      }
      guard isAdmitted else { throw CancellationError() }
    }
  }

  private func wait(_ number: UInt64, _ continuation: CheckedContinuation<Bool, Never>) {
    let answer = state.withLock { state -> Bool? in
      state.coming.remove(number)
      if state.cancelled.remove(number) != nil { return false }
      // A place may have become free since.
      if state.active < limit {
        state.active += 1
        return true
      }
      state.waiting[number] = continuation
      state.first = min(state.first, number)
      return nil
    }
    if let answer { continuation.resume(returning: answer) }
  }

  private func cancel(_ number: UInt64) {
    let continuation = state.withLock { state in
      if let continuation = state.waiting.removeValue(forKey: number) { return Optional(continuation) }
      if state.coming.contains(number) { state.cancelled.insert(number) }
      return nil
    }
    continuation?.resume(returning: false)
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      while state.first < state.next {
        defer { state.first += 1 }
        // The place passes on.
        if let continuation = state.waiting.removeValue(forKey: state.first) { return continuation }
      }
      state.active -= 1
      return nil
    }
    next?.resume(returning: true)
  }
}
