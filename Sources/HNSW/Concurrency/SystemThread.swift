// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A thread of its own, that nobody waits for, for what blocks or takes long.
package enum SystemThread {
  package enum Priority: Sendable {
    case ordinary
    /// It gives way to the process's other threads.
    case background
  }

  private final class Job: Sendable {
    let priority: Priority
    let body: @Sendable () -> Void

    init(_ priority: Priority, _ body: @escaping @Sendable () -> Void) {
      self.priority = priority
      self.body = body
    }
  }

  /// How much background work gives way on Linux, as nice(1): it gets a third of what each other thread gets where all want to run. With
  /// less it would come to nothing on a machine that is busy all the time.
  private static let niceness: Int32 = 5

  /// Calls `body` on a new thread.
  ///
  /// - Returns: false where the system refuses another thread; the body is not called then.
  package static func start(_ priority: Priority = .ordinary, _ body: @escaping @Sendable () -> Void) -> Bool {
    let context = Unmanaged.passRetained(Job(priority, body)).toOpaque()
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
    let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
    if job.priority == .background { giveWay() }
    job.body()
  }

  private static func giveWay() {
    #if canImport(Darwin)
      pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0)
    #elseif canImport(Musl)
      // On Linux it is the calling thread's alone.
      setpriority(PRIO_PROCESS, 0, niceness)
    #else
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
    #endif
  }
}

/// What a new thread begins with.
private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { SystemThread.run(context) }
  return nil
}
