// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs tasks on the thread of an event loop (SE-0417), so that a request is read, worked on and answered without going from
/// thread to thread: each hop wakes a thread, which costs more than most of the steps between.
///
/// What runs here must be short and must not block: the loop's other connections wait. The loop has to outlive the tasks, as
/// those of NIO's singleton group do, which is never shut down.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
