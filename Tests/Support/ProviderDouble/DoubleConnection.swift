// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One connection of the double, on a thread of its own.
struct DoubleConnection {
  private let socket: Int32
  private let number: Int
  private let double: ProviderDouble
  private let handler: ProviderDouble.Handler

  init(_ socket: Int32, _ number: Int, _ double: ProviderDouble, _ handler: @escaping ProviderDouble.Handler) {
    self.socket = socket
    self.number = number
    self.double = double
    self.handler = handler
  }

  /// Answers requests until one of both sides ends the connection.
  func serve() {
    defer {
      LoopbackSocket.close(socket)
      double.state.withLock { $0.openConnections -= 1 }
    }
    var received: [UInt8] = []
    while let (request, rest) = read(received) {
      received = rest
      double.state.withLock { state in
        state.requests.append(request)
        state.answering += 1
        state.mostAnswering = max(state.mostAnswering, state.answering)
      }
      let isWhole = write(handler(request))
      double.state.withLock { state in
        state.answering -= 1
        if !isWhole { state.abandoned += 1 }
      }
      guard isWhole else { return }
    }
  }

  /// The next request, and what came behind it.
  private func read(_ begun: [UInt8]) -> (ProviderRequest, [UInt8])? {
    var bytes = begun
    let mark = Array("\r\n\r\n".utf8)
    while true {
      if let head = firstRange(of: mark, in: bytes) {
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let end = head.upperBound + (Int(headers["content-length"] ?? "0") ?? 0)
        if bytes.count >= end {
          let line = (lines.first ?? "").split(separator: " ").map(String.init)
          let request = ProviderRequest(
            number: double.requests.count, connection: number, method: line.first ?? "",
            target: line.count > 1 ? line[1] : "", headers: headers, body: Array(bytes[head.upperBound..<end]))
          return (request, Array(bytes[end...]))
        }
      }
      let more = LoopbackSocket.receive(socket)
      guard !more.isEmpty else { return nil }
      bytes += more
    }
  }

  private func firstRange(of mark: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard bytes.count >= mark.count else { return nil }
    for start in 0...(bytes.count - mark.count) where bytes[start] == mark[0] {
      if bytes[start..<start + mark.count].elementsEqual(mark) { return start..<start + mark.count }
    }
    return nil
  }

  /// Writes an answer; false where the connection is of no more use.
  private func write(_ reply: ProviderReply) -> Bool {
    var head = "HTTP/1.1 \(reply.status) X\r\n" + reply.headers.map { "\($0): \($1)\r\n" }.joined()
    switch reply.manner {
    case .endless: head += "Transfer-Encoding: chunked\r\n\r\n"
    default: head += "Content-Length: \(reply.body.count)\r\n\r\n"
    }
    switch reply.manner {
    case .whole: return LoopbackSocket.send(Array(head.utf8) + reply.body, to: socket)
    case .cut(let count):
      _ = LoopbackSocket.send(Array(head.utf8) + reply.body.prefix(count), to: socket)
      return false
    case .drip:
      guard LoopbackSocket.send(head.utf8, to: socket) else { return false }
      for byte in reply.body {
        guard !LoopbackSocket.isClosed(socket, waiting: 20), LoopbackSocket.send([byte], to: socket) else {
          return false
        }
      }
      return true
    case .silence:
      while !LoopbackSocket.isClosed(socket, waiting: 1_000) {}
      return false
    case .endless:
      let chunk = Array("10000\r\n".utf8) + Array(repeating: UInt8(ascii: " "), count: 65_536) + Array("\r\n".utf8)
      guard LoopbackSocket.send(head.utf8, to: socket) else { return false }
      while LoopbackSocket.send(chunk, to: socket) {}
      return false
    }
  }
}
