// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// An HTTP/1.1 server on loopback that answers as embedding providers do, their quirks included.
package final class ProviderDouble: Sendable {
  /// What answers a request.
  package typealias Handler = @Sendable (ProviderRequest) -> ProviderReply

  struct State {
    var requests: [ProviderRequest] = []
    var connections = 0
    var openConnections = 0
    /// Answers that clients did not wait for.
    var abandoned = 0
    /// Requests that are being answered, and the most at a time.
    var answering = 0
    var mostAnswering = 0
    var isClosed = false
  }

  /// The port.
  package let port: UInt16
  let state = Mutex(State())
  private let listener: Int32

  /// Starts a server.
  package init(_ handler: @escaping Handler) throws {
    (listener, port) = try LoopbackSocket.listen()
    let accepting = listener
    Thread.detachNewThread { [weak self] in
      defer { LoopbackSocket.close(accepting) }
      while let connection = LoopbackSocket.accept(accepting) {
        guard let self else { return LoopbackSocket.close(connection) }
        let number = state.withLock { state in
          state.connections += 1
          state.openConnections += 1
          return state.connections - 1
        }
        let double = self
        Thread.detachNewThread { DoubleConnection(connection, number, double, handler).serve() }
      }
    }
  }

  deinit {
    state.withLock { $0.isClosed = true }
    LoopbackSocket.stop(listener)
  }

  /// The URL below which `/embeddings` is.
  package var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// What has been asked so far.
  package var requests: [ProviderRequest] { state.withLock { $0.requests } }

  /// Connections so far.
  package var connections: Int { state.withLock { $0.connections } }

  /// Connections that neither side has ended.
  package var openConnections: Int { state.withLock { $0.openConnections } }

  /// Answers that clients left before their end.
  package var abandoned: Int { state.withLock { $0.abandoned } }

  /// The most requests that were answered at a time.
  package var mostAnswering: Int { state.withLock { $0.mostAnswering } }

  /// Waits until something has happened.
  package func wait(until condition: @Sendable (ProviderDouble) -> Bool) async throws {
    while !condition(self) { try await Task.sleep(for: .milliseconds(2)) }
  }
}
