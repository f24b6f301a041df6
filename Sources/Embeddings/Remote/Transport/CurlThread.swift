// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The thread that a client's transfers run on.
enum CurlThread {
  /// Starts it; it ends when the queue is closed.
  static func start(_ queue: TransferQueue) -> Bool {
    let context = Unmanaged.passRetained(queue).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(&thread, &attributes, { curlThreadMain($0) }, context)
    if status != 0 { Unmanaged<TransferQueue>.fromOpaque(context).release() }
    return status == 0
  }

  fileprivate static func work(_ context: UnsafeMutableRawPointer) {
    let queue = Unmanaged<TransferQueue>.fromOpaque(context).takeRetainedValue()
    // libcurl is told to leave signals alone (CURLOPT_NOSIGNAL), also that of a connection which the other side has closed.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    CurlLoop(queue)?.run()
  }
}

/// What the thread begins with.
private func curlThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { CurlThread.work(context) }
  return nil
}
