// SPDX-License-Identifier: Apache-2.0

public import Logging

extension PGEngine {
  /// How an engine keeps its connections. A number out of its range counts as the nearest one within.
  public struct Options: Sendable {
    /// The most connections there are at a time, at least 1. 10, as HikariCP has.
    public var maximumSize = 10
    /// How many connections are kept open when nobody needs them, at most the maximum. 0: an engine that rests holds none.
    public var minimumSize = 0
    /// How long a task waits for a connection. 30 s, as HikariCP and SQLAlchemy have.
    public var acquireTimeout: Duration = .seconds(30)
    /// How many tasks may wait; one more is refused at once. 1,000: what one connection answers within the time above, at 30 ms
    /// each.
    public var waiterLimit = 1_000
    /// A connection that was unused for so long is closed. 10 min, as HikariCP has.
    public var idleTimeout: Duration = .seconds(600)
    /// The age at which a connection is replaced, less up to a tenth, so that not all go at once. 30 min, as HikariCP has.
    public var lifetime: Duration = .seconds(1_800)
    /// A connection that was unused for longer is asked whether it lives before it is lent. 500 ms, as HikariCP has.
    public var livenessInterval: Duration = .milliseconds(500)
    /// How long connecting to one host may take; its name's look-up is in the system's hands. 10 s. A `connect_timeout` in the
    /// connection string counts before it.
    public var connectTimeout: Duration = .seconds(10)
    /// How long a statement may take before it is cancelled; nil is without limit.
    public var statementTimeout: Duration?
    /// How long ``PGEngine/close()`` waits for what is running before it cancels it. 30 s.
    public var closeTimeout: Duration = .seconds(30)
    /// What `pg_stat_activity` and the metrics call this engine. An `application_name` in the connection string counts before it.
    public var applicationName = "swift-vector-store"
    /// Whether a pgbouncer in transaction pooling stands between: no named statements, no settings of the session, no start-up
    /// parameters that it refuses. Text forms of times then follow the server's `TimeZone` and `DateStyle`.
    public var isBehindPgBouncer = false
    /// Where notices of the server and troubles of the pool are logged.
    public var logger = Logger(label: "swift-vector-store.postgres") { _ in SwiftLogNoOpLogHandler() }

    /// The defaults.
    public init() {}

    /// The same with what is out of its range brought into it.
    var inRange: Options {
      var options = self
      options.maximumSize = max(maximumSize, 1)
      options.minimumSize = min(max(minimumSize, 0), options.maximumSize)
      options.waiterLimit = max(waiterLimit, 0)
      options.connectTimeout = max(connectTimeout, .milliseconds(1))
      return options
    }
  }
}
