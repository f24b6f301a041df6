// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ

/// What it takes to cancel the statement that runs on a connection.
final class CancelKey: @unchecked Sendable {
  // PQcancel may be called from any thread, and only reads what this points to (libpq's manual, 34.7).
  private let key: OpaquePointer

  init?(_ connection: OpaquePointer) {
    guard let key = PQgetCancel(connection) else { return nil }
    self.key = key
  }

  deinit { PQfreeCancel(key) }

  /// Asks the server to cancel, and waits until it has passed it on. Whether there was something to cancel is not told.
  func cancel() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
      _ = PQcancel(key, message.baseAddress, Int32(message.count))
    }
  }
}
