// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// What is said of connection strings that can't be read. Nothing of the text is repeated but names of parameters.
enum ConnectionStringError {
  private static let forms =
    "postgresql://USER:PASSWORD@HOST:PORT/DATABASE?parameter=value, with characters such as '@', '/' and '%' in user and "
    + "password percent-encoded, or host=HOST port=PORT dbname=DATABASE user=USER password=PASSWORD"

  private static var keywords: String { ConnectionSettings.keywords.sorted().joined(separator: ", ") }

  static func malformed(_ reason: String?) -> VectorStoreError {
    let reason = reason.map { ": \($0)" } ?? ""
    return VectorStoreError(
      .invalidArgument, "the connection string can't be read\(reason); the right form is \(forms)")
  }

  static func unknown(_ name: String) -> VectorStoreError {
    var advice = ""
    if let option = options[name] { advice = "; it is set by PGEngine.Options.\(option)" }
    return VectorStoreError(
      .invalidArgument,
      "'\(name)' is no parameter of a connection string\(advice). libpq's parameters are: \(keywords), and ssl")
  }

  static func badSSL(_ value: String) -> VectorStoreError {
    VectorStoreError(
      .invalidArgument,
      "ssl (or sslmode, libpq's name for it) in the connection string is true, false, disable, allow, prefer, require, verify-ca or verify-full"
        + (value == "conflict" ? "; the two must not contradict each other" : ""))
  }

  /// What SQLAlchemy and asyncpg have in their URLs or calls, and where it is here.
  private static let options = [
    "pool_size": "maximumSize", "max_overflow": "maximumSize", "max_size": "maximumSize", "min_size": "minimumSize",
    "pool_timeout": "acquireTimeout", "pool_recycle": "lifetime", "pool_pre_ping": "livenessInterval",
    "timeout": "connectTimeout", "command_timeout": "statementTimeout", "statement_timeout": "statementTimeout",
    "statement_cache_size": "isBehindPgBouncer", "prepared_statement_cache_size": "isBehindPgBouncer",
    "prepare_threshold": "isBehindPgBouncer", "pgbouncer": "isBehindPgBouncer",
  ]
}
