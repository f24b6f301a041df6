// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Runs one piece of work on several threads and waits for all of them.
///
/// Plain threads: the work is long, pure computation, and Swift's cooperative pool is not to be blocked by it.
enum ThreadTeam {
  private final class Job: Sendable {
    let worker: Int
    let body: @Sendable (Int) -> Void
    init(worker: Int, body: @escaping @Sendable (Int) -> Void) {
      self.worker = worker
      self.body = body
    }
  }

  /// Calls `body` with 0 ..< `count`, worker 0 on the calling thread.
  ///
  /// Where the system refuses another thread, its share runs on the calling thread.
  static func run(_ count: Int, _ body: @escaping @Sendable (_ worker: Int) -> Void) {
    var threads: [pthread_t] = []
    var refused: [Int] = []
    for worker in 1..<max(count, 1) {
      if let thread = start(Job(worker: worker, body: body)) {
        threads.append(thread)
      } else {
        refused.append(worker)
      }
    }
    body(0)
    refused.forEach(body)
    for thread in threads { pthread_join(thread, nil) }
  }

  private static func start(_ job: Job) -> pthread_t? {
    let context = Unmanaged.passRetained(job).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, nil, { threadMain($0) }, context)
    if status != 0 { discard(context) }
    return status == 0 ? thread : nil
  }

  private static func discard(_ context: UnsafeMutableRawPointer) {
    Unmanaged<Job>.fromOpaque(context).release()
  }

  fileprivate static func run(_ context: UnsafeMutableRawPointer) {
    let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
    job.body(job.worker)
  }
}

/// What a new thread begins with.
private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { ThreadTeam.run(context) }
  return nil
}
