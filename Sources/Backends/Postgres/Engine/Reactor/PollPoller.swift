// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// poll(2), for systems without epoll: the thread that waits is woken for each socket that is armed.
final class PollPoller: SocketPoller {
  private let armed = Mutex<[Int32: Interest]>([:])
  private let pipe: WakePipe

  init() throws { pipe = try WakePipe() }

  func arm(_ socket: Int32, for interest: Interest) -> Bool {
    guard socket >= 0 else { return false }
    armed.withLock { $0[socket] = interest }
    pipe.wake()
    return true
  }

  func wait(milliseconds: Int32, into ready: inout [Int32]) {
    var asked = [pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)]
    armed.withLock { armed in
      for (socket, interest) in armed {
        var events: Int16 = 0
        if interest.contains(.read) { events |= Int16(POLLIN) }
        if interest.contains(.write) { events |= Int16(POLLOUT) }
        asked.append(pollfd(fd: socket, events: events, revents: 0))
      }
    }
    guard poll(&asked, nfds_t(asked.count), milliseconds) > 0 else { return }
    if asked[0].revents != 0 { pipe.clear() }
    armed.withLock { armed in
      for entry in asked.dropFirst() where entry.revents != 0 {
        if armed.removeValue(forKey: entry.fd) != nil { ready.append(entry.fd) }
      }
    }
  }

  func wake() { pipe.wake() }
}
