// SPDX-License-Identifier: Apache-2.0

/// Contexts that wait for the next search.
final class ContextPool: Sendable {
  private let dimension: Int
  private let m: Int
  private let idle = Lock<[SearchContext]>([])
  /// More idle contexts than this are let go; each holds a few kilobytes and a bit for each slot.
  private static let idleLimit = 64

  init(dimension: Int, m: Int) {
    self.dimension = dimension
    self.m = m
  }

  func withContext<Result, Failure: Error>(
    _ body: (SearchContext) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let context = idle.withLock { $0.popLast() } ?? SearchContext(dimension: dimension, m: m)
    context.resetCounters()
    defer { idle.withLock { if $0.count < Self.idleLimit { $0.append(context) } } }
    return try body(context)
  }
}
