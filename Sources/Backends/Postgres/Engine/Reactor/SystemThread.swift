// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A thread of its own for what blocks: libpq's connecting (it looks names up) and PQcancel, and the reactor's waiting.
enum SystemThread {
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread that nobody waits for.
  ///
  /// - Returns: false where the system refuses another thread; the body is not called then.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let context = Unmanaged.passRetained(Job(body)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    guard pthread_create(&thread, nil, { threadMain($0) }, context) == 0 else {
      Unmanaged<Job>.fromOpaque(context).release()
      return false
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
    return true
  }

  fileprivate static func run(_ context: UnsafeMutableRawPointer) {
    Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body()
  }
}

/// What a new thread begins with.
private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { SystemThread.run(context) }
  return nil
}
