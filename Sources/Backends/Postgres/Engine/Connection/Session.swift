// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import Logging
internal import VectorStoreCore

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A connection to the server, in libpq's pipeline mode, and what is known of it.
///
/// `@unchecked`: libpq wants one thread at a time. The pool gives a session to one holder; the holder lends it to the
/// reactor's thread while he sleeps; locks in both order what they do.
final class Session: @unchecked Sendable {
  typealias Instant = ContinuousClock.Instant

  /// libpq's connection.
  let handle: OpaquePointer
  let reactor: Reactor
  let cancelKey: CancelKey
  /// Host and port, for people.
  let endpoint: String
  let serverVersion: Int
  let bornAt: Instant
  /// Whether statements may stay prepared under a name; not behind pgbouncer.
  let keepsStatements: Bool
  var statements: StatementCache
  /// When it was last given back.
  var idleSince: Instant
  /// When it is too old.
  var expiresAt: Instant = .now
  /// Whether it can't be used any more; nothing makes it whole.
  var isBroken = false
  /// A BEGIN that travels with the first statement.
  var pendingBegin: PGStatement?
  /// The values of the statement being sent, one after another.
  var scratch: [UInt8] = []
  private let notices: NoticeLog

  init(
    _ handle: OpaquePointer, cancelKey: CancelKey, reactor: Reactor, notices: NoticeLog, endpoint: String,
    keepsStatements: Bool
  ) {
    self.handle = handle
    self.cancelKey = cancelKey
    self.reactor = reactor
    self.notices = notices
    self.endpoint = endpoint
    self.keepsStatements = keepsStatements
    serverVersion = Int(PQserverVersion(handle))
    statements = StatementCache(limit: 256)
    bornAt = .now
    idleSince = bornAt
  }

  // A registration with the reactor holds the session, so none is left here.
  deinit { PQfinish(handle) }

  /// −1 when libpq has closed it.
  var socket: Int32 { PQsocket(handle) }

  /// Whether libpq takes the connection for alive.
  var isOpen: Bool { !isBroken && PQstatus(handle) == CONNECTION_OK }

  /// Whether the server has said something unasked; a connection that it has closed has input, too.
  var hasInput: Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) != 0
  }

  /// Whether no transaction is under way.
  var isOutsideTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// Whether there is a transaction that a ROLLBACK ends.
  var isInsideTransaction: Bool {
    let status = PQtransactionStatus(handle)
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
  }

  /// The error for a connection that ended, with libpq's reason.
  func lost() -> VectorStoreError {
    isBroken = true
    let reason = PQerrorMessage(handle).map { ServerReport.firstLine(String(cString: $0)) } ?? ""
    return VectorStoreError(
      .unavailable, "the connection to PostgreSQL at \(endpoint) was lost: \(reason)", context: ["host": endpoint])
  }

  /// The error of a call that libpq refused; the connection is not used again.
  func refused(_ what: String) -> VectorStoreError {
    let error = lost()
    return VectorStoreError(.unavailable, "\(what): \(error.message)", context: error.context)
  }
}
