// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Threads that compute, taking jobs in the order of their submission.
///
/// Plain threads of our own: jobs are long, and Swift's cooperative pool is not to be blocked by them. They are started
/// by the first job and end with the pool.
final class WorkerPool: Sendable {
  /// A piece of work; it gets the memory of the thread that it runs on.
  typealias Job = @Sendable (Scratch) -> Void

  private struct Queue {
    var jobs: [Job] = []
    /// Jobs of ``jobs`` that have been taken.
    var taken = 0
    var isStarted = false
    var isStopped = false

    mutating func next() -> Job? {
      guard taken < jobs.count else { return nil }
      let job = jobs[taken]
      taken += 1
      if taken == jobs.count {
        jobs.removeAll(keepingCapacity: true)
        taken = 0
      }
      return job
    }

    /// The next job; where there is none, the next submission tries to start threads again.
    mutating func nextOrEnd() -> Job? {
      let job = next()
      if job == nil { isStarted = false }
      return job
    }
  }

  private let queue = Guarded(Queue())
  /// How many jobs run at a time.
  let threadCount: Int

  init(threadCount: Int) { self.threadCount = max(1, threadCount) }

  deinit {
    queue.withLock { $0.isStopped = true }
    queue.broadcast()
  }

  /// Adds a job. Where the system gives not a single thread, it runs here and now.
  func submit(_ job: @escaping Job) {
    let isFirst = queue.withLock { queue in
      defer { queue.isStarted = true }
      queue.jobs.append(job)
      return !queue.isStarted
    }
    guard isFirst else { return queue.signal() }
    var started = 0
    for _ in 0..<threadCount where Self.start(queue) { started += 1 }
    if started == 0 { drain() }
  }

  /// Runs jobs on the calling thread until none is left; those that they submit meanwhile are among them.
  private func drain() {
    let scratch = Scratch()
    while let job = queue.withLock({ $0.nextOrEnd() }) { job(scratch) }
  }

  private static func start(_ queue: Guarded<Queue>) -> Bool {
    let context = Unmanaged.passRetained(queue).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 2 << 20)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, &attributes, { workerMain($0) }, context)
    if status != 0 { Unmanaged<Guarded<Queue>>.fromOpaque(context).release() }
    return status == 0
  }

  fileprivate static func work(_ context: UnsafeMutableRawPointer) {
    let queue = Unmanaged<Guarded<Queue>>.fromOpaque(context).takeRetainedValue()
    let scratch = Scratch()
    while true {
      let job: Job?? = queue.wait { queue in
        if queue.isStopped { return .some(.none) }
        return queue.next().map { .some($0) }
      }
      guard case .some(.some(let job)) = job else { return }
      job(scratch)
    }
  }
}

/// What a new thread begins with.
private func workerMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { WorkerPool.work(context) }
  return nil
}
