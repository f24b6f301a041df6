// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// What libpq says of a connection that could not be made, verbosely: that is the only way in which it tells the server's code.
///
/// `connection to server at "db", port 5432 failed: FATAL:  3D000: database "x" does not exist`, then `LOCATION: …`.
struct ConnectMessage {
  let sqlState: String?
  /// The lines for a person.
  let text: String

  init(_ message: String) {
    var lines: [String] = []
    var sqlState: String?
    for line in message.split(whereSeparator: \.isNewline).map(String.init) {
      if line.hasPrefix("LOCATION:") { continue }
      guard let code = Self.code(in: line) else {
        lines.append(line.drop { $0 == "\t" || $0 == " " }.description)
        continue
      }
      sqlState = code.sqlState
      lines.append(code.line)
    }
    self.sqlState = sqlState
    text = lines.isEmpty ? "libpq gives no reason" : lines.joined(separator: "; ")
  }

  /// The code after the severity, and the line without it.
  private static func code(in line: String) -> (sqlState: String, line: String)? {
    let parts = line.split(separator: ":  ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let rest = parts[1]
    let code = rest.prefix(5)
    let isCode =
      code.utf8.count == 5 && code.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    guard isCode, rest.dropFirst(5).hasPrefix(": ") else { return nil }
    return (String(code), "\(parts[0]): \(rest.dropFirst(7))")
  }

  /// The error for a user.
  func error(_ endpoint: String, wantedPassword: Bool) -> VectorStoreError {
    var context: [VectorStoreError.ContextKey: String] = ["host": endpoint]
    if let sqlState { context[.sqlState] = sqlState }
    var message = "no connection to PostgreSQL at \(endpoint): \(text)"
    if wantedPassword {
      message += "; the server wants a password, and the connection string, PGPASSWORD and the password file give none"
    }
    if sqlState == "08P01", text.contains("startup parameter") {
      message += "; a pgbouncer in between needs PGEngine.Options.isBehindPgBouncer"
    }
    let code: VectorStoreError.Code
    switch sqlState {
    case nil: code = .unavailable
    case let state? where state.hasPrefix("28"): code = .backend
    default: code = SQLState.code(sqlState)
    }
    return VectorStoreError(code, message, context: context)
  }
}
