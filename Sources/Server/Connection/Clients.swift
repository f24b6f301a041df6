// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The clients of an application's connections.
final class Clients: Sendable {
  private let clients = Mutex<[ObjectIdentifier: Client]>([:])

  /// The client at the other end of a connection.
  subscript(channel: any Channel) -> Client? { clients.withLock { $0[ObjectIdentifier(channel)] } }

  func add(_ channel: any Channel) {
    clients.withLock { $0[ObjectIdentifier(channel)] = Client(on: channel.eventLoop) }
  }

  /// The client is gone, though the connection may be there, which has two halves.
  func left(_ channel: any Channel) { self[channel]?.left() }

  func remove(_ channel: any Channel) {
    clients.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }?.left()
  }
}
