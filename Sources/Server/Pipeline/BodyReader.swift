// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Synchronization

/// Reads the bodies of requests, and keeps count of what all of them take in memory.
final class BodyReader: Sendable {
  private static let reserved = 1 << 20
  private let limits: ServerLimits
  private let held = Mutex(0)

  init(_ limits: ServerLimits) { self.limits = limits }

  /// Bytes that bodies take now.
  var bytesHeld: Int { held.withLock { $0 } }

  /// Reads the body of a request and hands it to the work; its bytes count until that is done.
  ///
  /// - Parameter executor: where it is read; nil for Swift's own threads.
  /// - Throws: ``Problem`` for a body that is too large or too slow, and what the work throws.
  func read<T>(
    _ request: Request, on executor: EventLoopExecutor?, _ work: ([UInt8]) async throws -> T
  ) async throws -> T {
    let announced = request.headers[.contentLength].flatMap { Int($0) }
    guard announced != 0, announced != nil || request.headers[.transferEncoding] != nil else {
      return try await work([])
    }
    if let announced, announced > limits.bodyBytes { throw tooLarge }
    let share = Share(of: self)
    defer { share.release() }
    let problem = Problem(.bodyTimeout, "the body did not arrive in time")
    let bytes = try await Deadline.run(limits.bodyTimeout, problem, on: executor) { [self] in
      try await self.content(of: request.body, announced: announced, share)
    }
    if let announced, bytes.count != announced {
      throw Problem(.invalidBody, "the body ends before it is complete")
    }
    return try await work(bytes)
  }

  private func content(of body: RequestBody, announced: Int?, _ share: Share) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in body {
        guard bytes.count + buffer.readableBytes <= limits.bodyBytes else { throw tooLarge }
        try share.take(buffer.readableBytes)
        // What is announced need not come: nothing large is set aside for it before it does.
        if bytes.isEmpty { bytes.reserveCapacity(min(announced ?? 0, Self.reserved)) }
        bytes.append(contentsOf: buffer.readableBytesView)
      }
    } catch {
      if error is Problem || error is CancellationError { throw error }
      var problem = Problem(.invalidBody, "the body is not as HTTP/1.1 has it, or ends before it is complete")
      problem.cause = error
      throw problem
    }
    try Task.checkCancellation()
    return bytes
  }

  private var tooLarge: Problem {
    Problem(.bodyTooLarge, "the body has more than \(limits.bodyBytes) bytes; send less at a time")
  }

  /// What one request holds.
  private final class Share: Sendable {
    private let reader: BodyReader
    private let count = Mutex(0)

    init(of reader: BodyReader) { self.reader = reader }

    func take(_ bytes: Int) throws {
      let fits = reader.held.withLock { held in
        guard held + bytes <= reader.limits.allBodyBytes else { return false }
        held += bytes
        return true
      }
      guard fits else { throw Problem(.tooManyRequests, "too much is being sent to the service at once; try again") }
      count.withLock { $0 += bytes }
    }

    func release() {
      let bytes = count.withLock { $0 }
      reader.held.withLock { $0 -= bytes }
    }
  }
}
