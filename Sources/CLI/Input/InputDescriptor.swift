// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An open file, pipe or terminal to read from. Waiting ends when the task is cancelled.
enum InputDescriptor {
  /// Reads what is there, at least one byte; 0 at the end.
  ///
  /// - Throws: ``FileFault``, `CancellationError`.
  static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      try Task.checkCancellation()
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // A blocking read could not be ended by Ctrl-C.
      let ready = poll(&request, 1, 100)
      if ready == 0 || (ready < 0 && errno == EINTR) { continue }
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR || errno == EAGAIN else { throw FileFault(String(cString: strerror(errno))) }
    }
  }
}
