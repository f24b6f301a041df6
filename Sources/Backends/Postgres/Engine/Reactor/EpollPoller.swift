// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
  internal import CLibPQ
  internal import Glibc
  internal import VectorStoreCore

  /// epoll(7), one shot a socket: arming is one call of the system, and needs no wake-up of the thread that waits.
  final class EpollPoller: SocketPoller {
    private let queue: Int32
    private let pipe: WakePipe

    init() throws {
      pipe = try WakePipe()
      queue = epoll_create1(Int32(EPOLL_CLOEXEC))
      guard queue >= 0 else {
        throw VectorStoreError(.unavailable, "the system gives no epoll: \(String(cString: strerror(errno)))")
      }
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.fd = pipe.readEnd
      _ = epoll_ctl(queue, EPOLL_CTL_ADD, pipe.readEnd, &event)
    }

    deinit { close(queue) }

    func arm(_ socket: Int32, for interest: Interest) -> Bool {
      var event = epoll_event()
      event.events = EPOLLONESHOT.rawValue | EPOLLRDHUP.rawValue
      if interest.contains(.read) { event.events |= EPOLLIN.rawValue }
      if interest.contains(.write) { event.events |= EPOLLOUT.rawValue }
      event.data.fd = socket
      // A socket stays in the set until it is closed, so most calls change what is there.
      if epoll_ctl(queue, EPOLL_CTL_MOD, socket, &event) == 0 { return true }
      return errno == ENOENT && epoll_ctl(queue, EPOLL_CTL_ADD, socket, &event) == 0
    }

    func wait(milliseconds: Int32, into ready: inout [Int32]) {
      withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
        let count = epoll_wait(queue, events.baseAddress, Int32(events.count), milliseconds)
        for place in 0..<Int(max(count, 0)) {
          let socket = events[place].data.fd
          if socket == pipe.readEnd { pipe.clear() } else { ready.append(socket) }
        }
      }
    }

    func wake() { pipe.wake() }
  }
#endif
