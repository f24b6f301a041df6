// SPDX-License-Identifier: Apache-2.0

/// Work that is cancelled when its time is over.
enum Deadline {
  /// What the work returns. When time is over the work is cancelled and waited for: it ends soon, and what it has done by
  /// then is answered truthfully.
  ///
  /// - Throws: what the work throws; the problem in the place of its `CancellationError` after the time is over.
  static func run<T: Sendable>(
    _ limit: Duration, _ problem: @autoclosure () -> Problem, _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      if case .some(.some(let value)) = try await group.next() { return value }
      group.cancelAll()
      do {
        if case .some(.some(let value)) = try await group.next() { return value }
      } catch is CancellationError {}
      throw problem()
    }
  }
}
