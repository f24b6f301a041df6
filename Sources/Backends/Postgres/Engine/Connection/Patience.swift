// SPDX-License-Identifier: Apache-2.0

/// For how long an answer is waited for, and what ends the wait.
enum Patience: Sendable {
  /// A statement: the task's cancellation and the time limit cancel it in the server.
  case statement(limit: Duration?)
  /// A COMMIT: it is not cancelled, but a task that was cancelled does not wait for it without end.
  case commit
  /// The engine's own: a short time, whatever the task does.
  case housekeeping

  /// For how long the connection may take to become quiet after a cancellation, before it is given up.
  static let drainLimit: Duration = .seconds(5)
  static let housekeepingLimit: Duration = .seconds(5)
  /// A cancellation that overtakes its statement is lost, so it's repeated, at doubling intervals.
  static let cancelInterval: Duration = .milliseconds(100)

  var limit: Duration? {
    switch self {
    case .statement(let limit): limit
    case .commit: nil
    case .housekeeping: Self.housekeepingLimit
    }
  }

  var heedsCancellation: Bool {
    if case .housekeeping = self { false } else { true }
  }

  var cancelsInServer: Bool {
    if case .statement = self { true } else { false }
  }

  /// From the interruption to the giving up.
  var grace: Duration {
    if case .housekeeping = self { .zero } else { Self.drainLimit }
  }
}
