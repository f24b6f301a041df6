// SPDX-License-Identifier: Apache-2.0

/// The system's way to wait for many sockets.
///
/// A socket is armed for one report: after it, it is silent until it is armed again.
protocol SocketPoller: Sendable {
  /// Asks for one report of a socket; from any thread, also while another waits.
  ///
  /// - Returns: false where the system refuses the socket.
  func arm(_ socket: Int32, for interest: Interest) -> Bool
  /// Appends the sockets that are ready, or failed, to `ready`; waits for at most so many milliseconds, −1 for ever.
  func wait(milliseconds: Int32, into ready: inout [Int32])
  /// Ends the wait under way, or the next one.
  func wake()
}
