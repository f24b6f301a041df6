// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Plain threads, which ThreadSanitizer sees being made and joined.
enum Threads {
  private final class Job: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void

    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }

  /// Calls `body` with 0 ..< `count`, each on a thread of its own, and waits for all of them.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for number in 0..<count {
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let job = Unmanaged.passRetained(Job(number, body)).toOpaque()
      let status = pthread_create(&thread, nil, { enter($0) }, job)
      precondition(status == 0, "no thread")
      #if canImport(Darwin)
        if let thread { threads.append(thread) }
      #else
        threads.append(thread)
      #endif
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  fileprivate static func start(_ context: UnsafeMutableRawPointer) {
    let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
    job.body(job.number)
  }
}

private func enter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Threads.start(context) }
  return nil
}
