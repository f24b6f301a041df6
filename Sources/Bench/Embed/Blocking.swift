// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Waits for asynchronous work on a thread that may wait: the command's main thread.
enum Blocking {
  /// The result of `work`.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let box = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        box.result = .success(try await work())
      } catch {
        box.result = .failure(error)
      }
      done.signal()
    }
    done.wait()
    guard let result = box.result else { throw BenchError("the work ended without a result") }
    return try result.get()
  }

  /// Sendable because the semaphore puts the writing before the reading.
  private final class Box<Value>: @unchecked Sendable {
    var result: Result<Value, any Error>?
  }
}
