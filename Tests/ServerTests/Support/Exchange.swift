// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One request and its answer on a connection of their own, byte for byte as they go over the wire.
struct Exchange: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let status: Int
  /// The headers, by names in lower case.
  let headers: [String: String]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  /// Sends bytes and reads until the server closes the connection.
  static func raw(_ bytes: [UInt8], port: Int) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      // A thread of its own: what waits on the shared ones would keep them from the store.
      Thread.detachNewThread { continuation.resume(with: Result { try blocking(bytes, port: port) }) }
    }
  }

  /// Sends bytes, and closes the connection once something has happened, without an answer.
  static func leave(_ bytes: [UInt8], port: Int, after happened: @Sendable () -> Bool) async throws {
    let descriptor = try connected(port: port)
    defer { close(descriptor) }
    try send(bytes, on: descriptor)
    while !happened() { try await Task.sleep(for: .milliseconds(2)) }
  }

  /// - Parameter headers: beside `Host` and `Connection: close`; a `Host` takes the place of the usual one.
  static func send(
    _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil, port: Int
  ) async throws -> Exchange {
    var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { $1 }
    if let body { all["Content-Length"] = String(body.count) }
    let head = "\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    return try Exchange(parsing: try await raw(Array(head.utf8) + (body ?? []), port: port))
  }

  /// The last answer of these bytes; before it there may be a `100 Continue`.
  init(parsing bytes: [UInt8]) throws {
    var bytes = bytes
    if bytes.starts(with: Array("HTTP/1.1 100".utf8)), let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
      bytes.removeSubrange(..<end.upperBound)
    }
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw Failure(description: "no answer but '\(String(decoding: bytes.prefix(200), as: UTF8.self))'")
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    guard let first = lines.first?.split(separator: " "), first.count > 1, let status = Int(first[1]) else {
      throw Failure(description: "no status in '\(lines.first ?? "")'")
    }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    self.headers = headers
    body = Array(bytes[end.upperBound...])
  }

  private static func connected(port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(description: "no socket") }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      throw Failure(description: "cannot connect: \(errno)")
    }
    return descriptor
  }

  private static func send(_ bytes: [UInt8], on descriptor: Int32) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // A server that refuses a body need not read it to the end.
      if count <= 0 { break }
      sent += count
    }
  }

  private static func blocking(_ bytes: [UInt8], port: Int) throws -> [UInt8] {
    let descriptor = try connected(port: port)
    defer { close(descriptor) }
    try send(bytes, on: descriptor)
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count <= 0 { return answer }
      answer += chunk[..<count]
    }
  }
}
