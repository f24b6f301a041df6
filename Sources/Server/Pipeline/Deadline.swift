// SPDX-License-Identifier: Apache-2.0

/// Work that is cancelled when its time is over, or when nobody waits for it any more.
enum Deadline {
  private enum End<Value: Sendable>: Sendable {
    case done(Value), late, unheard
  }

  /// What the work returns. When time is over the work is cancelled and waited for: it ends soon, and what it has done by
  /// then is answered truthfully.
  ///
  /// - Parameter client: who waits for the answer, where that is known and the work is for nobody else.
  /// - Throws: what the work throws; the problem in the place of its `CancellationError` after the time is over.
  static func run<T: Sendable>(
    _ limit: Duration, _ problem: @autoclosure () -> Problem, for client: Client? = nil,
    _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await withThrowingTaskGroup(of: End<T>.self) { group in
      group.addTask { .done(try await work()) }
      group.addTask {
        try? await Task.sleep(for: limit)
        return .late
      }
      if let client {
        group.addTask {
          await client.departure()
          return .unheard
        }
      }
      defer { group.cancelAll() }
      let first = try await group.next()
      if case .done(let value)? = first { return value }
      group.cancelAll()
      var isUnheard = false
      if case .unheard? = first { isUnheard = true }
      do {
        while let next = try await group.next() {
          if case .done(let value) = next { return value }
        }
      } catch {
        guard isUnheard || error is CancellationError else { throw error }
      }
      try Task.checkCancellation()
      throw isUnheard ? Problem(.clientGone, "the client has closed the connection") : problem()
    }
  }
}
