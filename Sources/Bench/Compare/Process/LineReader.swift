// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads lines from a pipe, none for longer than allowed.
struct LineReader {
  /// Why there is no line.
  enum Problem: Error {
    /// Nothing more came in time.
    case timeout
    /// The other side has closed the pipe.
    case end
    /// More than `longest` bytes came without a line's end.
    case tooLong
    /// The command was interrupted.
    case interrupted
  }

  /// The most bytes of a line; the largest replies have some hundred bytes for each of some thousand points.
  private static let longest = 1 << 25

  private let descriptor: Int32
  private let interruption: InterruptPipe?
  private var buffer = Data()

  /// Reads from `descriptor`; an `interruption` ends the waiting.
  init(_ descriptor: Int32, interruption: InterruptPipe?) {
    self.descriptor = descriptor
    self.interruption = interruption
  }

  /// The next line, without its end.
  ///
  /// - Throws: ``Problem``
  mutating func next(within seconds: Double) throws(Problem) -> Data {
    let deadline = Clocks.wall() + UInt64(min(seconds, 1e7) * 1e9)
    var searched = buffer.startIndex
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[..<end])
        buffer = Data(buffer[buffer.index(after: end)...])
        return line
      }
      searched = buffer.endIndex
      guard buffer.count <= Self.longest else { throw .tooLong }
      try wait(until: deadline)
      try fill()
    }
  }

  private func wait(until deadline: UInt64) throws(Problem) {
    while true {
      let now = Clocks.wall()
      guard now < deadline else { throw .timeout }
      var waited = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
      if let interruption {
        waited.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
      }
      let milliseconds = Int32(clamping: (deadline - now) / 1_000_000 + 1)
      let ready = poll(&waited, nfds_t(waited.count), milliseconds)
      if waited.count > 1, waited[1].revents != 0 { throw .interrupted }
      if ready > 0, waited[0].revents != 0 { return }
    }
  }

  private mutating func fill() throws(Problem) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      buffer.append(contentsOf: chunk[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      throw .end
    }
  }
}
