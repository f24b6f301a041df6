// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A wire that can fail: it passes bytes between a client and a server, and cuts, holds or delays them when told to.
final class TCPProxy: Sendable {
  private struct State {
    var sockets: Set<Int32> = []
    var accepted = 0
    var isStalled = false
    var refuses = false
    var isOver = false
    var delay: UInt32 = 0
  }

  let port: Int
  private let listener: Int32
  private let upstream: (host: String, port: Int)
  private let state = Mutex(State())

  init(to host: String, _ port: Int) throws {
    upstream = (host, port)
    #if canImport(Darwin)
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    self.listener = listener
    var address = Self.address("127.0.0.1", 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard status else { throw TestServer.Missing(description: "no port for the proxy: \(errno)") }
    self.port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in accept() }
  }

  /// How many connections came.
  var accepted: Int { state.withLock { $0.accepted } }

  /// Ends all connections at once, as a router that dies does.
  func cut() {
    state.withLock { state in for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) } }
  }

  /// Holds all bytes back until told otherwise; nobody is told.
  func stall(_ isStalled: Bool) { state.withLock { $0.isStalled = isStalled } }

  /// Closes new connections as soon as they come.
  func refuse(_ refuses: Bool) { state.withLock { $0.refuses = refuses } }

  /// Waits so many milliseconds before each piece.
  func delay(_ milliseconds: Int) { state.withLock { $0.delay = UInt32(milliseconds) * 1_000 } }

  /// Ends the proxy and its connections.
  func close() {
    state.withLock { $0.isOver = true }
    cut()
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func accept() {
    while true {
      #if canImport(Darwin)
        let client = Darwin.accept(listener, nil, nil)
      #else
        let client = Glibc.accept(listener, nil, nil)
      #endif
      let (isOver, refuses) = state.withLock { state in
        state.accepted += client >= 0 ? 1 : 0
        return (state.isOver, state.refuses)
      }
      if isOver || client < 0 {
        if client >= 0 { _ = shut(client) }
        if isOver { return _ = shut(listener) }
        continue
      }
      guard !refuses, let server = connect() else {
        _ = shut(client)
        continue
      }
      let pair = Pair(client: client, server: server)
      state.withLock { $0.sockets.formUnion([client, server]) }
      Thread.detachNewThread { [self] in pump(client, server, pair) }
      Thread.detachNewThread { [self] in pump(server, client, pair) }
    }
  }

  /// Both sockets are closed when both directions have ended.
  private final class Pair: Sendable {
    let ends: [Int32]
    let ended = Mutex(0)
    init(client: Int32, server: Int32) { ends = [client, server] }
  }

  private func pump(_ source: Int32, _ target: Int32, _ pair: Pair) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    loop: while true {
      let count = read(source, &buffer, buffer.count)
      guard count > 0 else { break }
      while state.withLock({ $0.isStalled && !$0.isOver }) { usleep(5_000) }
      let delay = state.withLock { $0.delay }
      if delay > 0 { usleep(delay) }
      var offset = 0
      while offset < count {
        let sent = buffer[offset..<count].withUnsafeBytes { send(target, $0.baseAddress, $0.count, Self.noSignal) }
        guard sent > 0 else { break loop }
        offset += sent
      }
    }
    for socket in pair.ends { shutdown(socket, Int32(SHUT_RDWR)) }
    let isLast = pair.ended.withLock { ended in
      ended += 1
      return ended == 2
    }
    guard isLast else { return }
    state.withLock { state in
      state.sockets.subtract(pair.ends)
      for socket in pair.ends { _ = shut(socket) }
    }
  }

  private func shut(_ socket: Int32) -> Int32 {
    #if canImport(Darwin)
      Darwin.close(socket)
    #else
      Glibc.close(socket)
    #endif
  }

  private func connect() -> Int32? {
    #if canImport(Darwin)
      let server = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = Self.address(upstream.host, upstream.port)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        #if canImport(Darwin)
          Darwin.connect(server, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
        #else
          Glibc.connect(server, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
        #endif
      }
    }
    if status == 0 { return server }
    _ = shut(server)
    return nil
  }

  private static var noSignal: Int32 {
    #if canImport(Darwin)
      0
    #else
      Int32(MSG_NOSIGNAL)
    #endif
  }

  private static func address(_ host: String, _ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    _ = inet_pton(AF_INET, host, &address.sin_addr)
    return address
  }
}
