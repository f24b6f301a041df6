// SPDX-License-Identifier: Apache-2.0

/// The figures of an engine's pool at one moment.
public struct PoolStatistics: Sendable, Hashable {
  /// Connections that are open or being opened.
  public var size: Int { idle + inUse + connecting }
  /// Connections that nobody uses.
  public internal(set) var idle = 0
  /// Connections that a task holds.
  public internal(set) var inUse = 0
  /// Connections that are being opened.
  public internal(set) var connecting = 0
  /// Tasks that wait for a connection.
  public internal(set) var waiting = 0
  /// How many times a connection was given to a task.
  public internal(set) var acquired = 0
  /// How many tasks gave up after the acquire timeout.
  public internal(set) var timeouts = 0
  /// How many tasks were refused because too many waited.
  public internal(set) var refused = 0
  /// How many connections were made.
  public internal(set) var connected = 0
  /// How many connections could not be made.
  public internal(set) var connectFailures = 0
  /// How many connections were thrown away because they were broken.
  public internal(set) var broken = 0
  /// For how long tasks have waited, together.
  public internal(set) var waitTime: Duration = .zero
  /// The longest that a task has waited.
  public internal(set) var longestWait: Duration = .zero
}
