// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Blocking TCP sockets of this machine.
enum LoopbackSocket {
  struct Refused: Error {}

  /// A socket that listens on a port of the system's choice.
  static func listen() throws -> (Int32, UInt16) {
    #if os(Linux)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(descriptor, address, length) == 0, Foundation.listen(descriptor, 128) == 0 else { return Int32(-1) }
        return getsockname(descriptor, address, &length)
      }
    }
    guard descriptor >= 0, status == 0 else { throw Refused() }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// The next connection; nil when the listener has been stopped.
  static func accept(_ listener: Int32) -> Int32? {
    let connection = Foundation.accept(listener, nil, nil)
    return connection >= 0 ? connection : nil
  }

  /// Ends a listener: who waits in `accept` goes on, and closes it. Nobody else does, since another socket could get its number.
  static func stop(_ listener: Int32) { shutdown(listener, Int32(SHUT_RDWR)) }

  static func close(_ connection: Int32) { _ = Foundation.close(connection) }

  /// Bytes that have come; empty at the end.
  static func receive(_ connection: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, recv(connection, buffer.baseAddress, buffer.count, 0))
    }
  }

  /// Whether the other side has closed; what it sends meanwhile is dropped.
  static func isClosed(_ connection: Int32, waiting milliseconds: Int32) -> Bool {
    var poller = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
    guard poll(&poller, 1, milliseconds) > 0 else { return false }
    return receive(connection).isEmpty
  }

  /// Sends all bytes; false where the other side has gone.
  static func send(_ bytes: some Sequence<UInt8>, to connection: Int32) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      #if os(Linux)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let count = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
