// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Ctrl-C, SIGTERM and SIGHUP as the cancellation of what a command does, so that it can clear up what it made.
enum Interruption {
  /// Does `work`, which is cancelled by the first of these signals; a second one ends the process at once. Writing to a
  /// closed pipe is an error in it, not the end of the process.
  ///
  /// - Throws: what `work` throws; `CancellationError` where it was interrupted.
  static func cancelling<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let (result, isInterrupted) = try await heeding(work)
    // Work that does not look at its cancellation has still been interrupted.
    if isInterrupted { throw CancellationError() }
    return result
  }

  /// The same for work that has a result also when it was interrupted.
  static func heeding<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> (result: Result, isInterrupted: Bool) {
    signal(SIGPIPE, SIG_IGN)
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      // The default action would end the process before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if task.isCancelled { _exit(interruptedStatus) }
        Console.note("stopping and clearing up; once more to stop at once")
        task.cancel()
      }
      source.resume()
      return source
    }
    defer { sources.forEach { $0.cancel() } }
    let result = try await task.value
    return (result, task.isCancelled)
  }

  /// 128 + SIGINT, as shells say it.
  static let interruptedStatus: Int32 = 130
}
