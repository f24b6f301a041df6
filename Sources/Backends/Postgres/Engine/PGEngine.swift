// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// PostgreSQL behind a pool of connections of its own, over libpq.
///
/// No thread waits for a query: one thread of the process watches all sockets. A connection belongs to one task at a time.
/// An engine that is let go without ``close()`` closes its connections.
///
/// ```swift
/// let engine = try PGEngine("postgresql://app@db.example/app?sslmode=verify-full")
/// ```
public final class PGEngine: Sendable, CustomStringConvertible, CustomReflectable {
  let settings: ConnectionSettings
  let options: Options
  private let connections: ConnectionPool

  /// An engine for a database. Nothing is connected yet but the minimum of connections, in the background.
  ///
  /// - Parameter connectionString: libpq's URL (`postgresql://user:password@host:port/database?parameter=value`), also with
  ///   several hosts, as `postgres://`, and as SQLAlchemy writes it (`postgresql+asyncpg://…?ssl=true`), or libpq's
  ///   `key=value` pairs. What it leaves out, the environment says (`PGHOST`, …).
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for a text of another form, with the right one. No error holds the password.
  public convenience init(_ connectionString: String, options: Options = Options()) throws {
    self.init(try ConnectionSettings(connectionString), options)
  }

  private init(_ settings: ConnectionSettings, _ options: Options) {
    let options = options.inRange
    self.settings = settings
    self.options = options
    connections = ConnectionPool(Connector(settings, options), options)
    connections.warmUp()
  }

  /// An engine for the same database with a pool of its own.
  ///
  /// - Parameter options: the options; nil for those of this engine.
  public func derived(options: Options? = nil) -> PGEngine {
    PGEngine(settings, options ?? self.options)
  }

  /// The figures of the pool at this moment.
  public var pool: PoolStatistics { connections.statistics }

  /// Refuses new work, waits until what is running has ended, cancels it after ``Options/closeTimeout``, and closes all
  /// connections. Tasks that wait for a connection get an error.
  public func close() async { await connections.close() }

  /// The database and where it is, without the password.
  public var description: String { "PGEngine(\(settings))" }

  /// What ``description`` says, and the pool's figures: `dump` shows no password.
  public var customMirror: Mirror { Mirror(self, children: ["settings": settings.description, "pool": pool]) }

  /// Lends a connection to the closure. What is left of a transaction when it returns is rolled back.
  ///
  /// - Parameter isTimeLimited: false for what may take long, such as the building of an index: there is no statement timeout then.
  /// - Throws: what the body throws; ``VectorStoreError/Code/unavailable`` when there is no connection within
  ///   ``Options/acquireTimeout``, when too many tasks wait, when no connection can be made, and after ``close()``.
  package func withConnection<R: Sendable>(
    isTimeLimited: Bool = true, _ body: (PGConnection) async throws -> R
  ) async throws -> R {
    let session = try await borrow()
    let connection = PGConnection(session, statementTimeout: isTimeLimited ? options.statementTimeout : nil)
    do {
      let result = try await body(connection)
      await connection.end()
      await giveBack(session)
      return result
    } catch {
      await connection.end()
      await giveBack(session)
      throw error
    }
  }

  /// Sends statements at once on a connection of its own, which is free again when they are answered: a
  /// ``withConnection(isTimeLimited:_:)`` around one ``PGConnection/pipeline(_:)`` with less on the way.
  ///
  /// - Throws: what those throw.
  package func pipeline(_ statements: [PGStatement]) async throws -> [PGResult] {
    guard !statements.isEmpty else { return [] }
    let session = try await borrow()
    do {
      try Task.checkCancellation()
      let results = try await session.run(statements, .statement(limit: options.statementTimeout))
      await giveBack(session)
      return results
    } catch {
      await giveBack(session)
      throw error
    }
  }

  // Each call of an asynchronous function costs, so the ways that need not wait are none.

  private func borrow() async throws -> Session {
    try Task.checkCancellation()
    guard let session = try connections.takeIdle() else { return try await connections.acquire() }
    guard connections.isFresh(session) else { return try await connections.acquire(session) }
    connections.noteWait(.zero)
    return session
  }

  private func giveBack(_ session: Session) async {
    session.pendingBegin = nil
    if connections.needsRollback(session) { await connections.rollBack(session) }
    connections.release(session)
  }
}
