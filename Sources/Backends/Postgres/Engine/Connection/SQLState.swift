// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

extension VectorStoreError.ContextKey {
  /// PostgreSQL's five-character code of the error (its manual, appendix A).
  public static let sqlState: VectorStoreError.ContextKey = "sqlState"
}

/// PostgreSQL's error codes, as far as something depends on them.
enum SQLState {
  static let serializationFailure = "40001"
  static let deadlock = "40P01"
  static let unknownStatement = "26000"
  static let featureNotSupported = "0A000"
  static let tooManyConnections = "53300"

  /// What an error of the server is in the store's terms.
  static func code(_ sqlState: String?) -> VectorStoreError.Code {
    guard let sqlState else { return .backend }
    switch sqlState {
    case "0A000": return .unsupported
    case "25006": return .readOnly
    case "3D000", "3F000", "42P01": return .notFound
    case "42703": return .schemaMismatch
    case "40001", "40P01", "55P03", "55006": return .busy
    case "57014", "57P01", "57P02", "57P03", "57P05": return .unavailable
    case "XX001", "XX002": return .corrupt
    default: break
    }
    switch sqlState.prefix(2) {
    case "08", "53": return .unavailable
    case "23": return .invalidRow
    // Beyond what the server is made for, or set to.
    case "54": return .unsupported
    case "58": return .io
    default: return .backend
    }
  }
}

extension VectorStoreError {
  /// Whether the whole transaction may succeed when it is run again.
  var isTransient: Bool {
    context[.sqlState] == SQLState.serializationFailure || context[.sqlState] == SQLState.deadlock
      || isStaleStatement
  }

  /// Whether what the server knew of a prepared statement is no longer so.
  var isStaleStatement: Bool {
    switch context[.sqlState] {
    case SQLState.unknownStatement: true
    // PostgreSQL has no code of its own for it. Its messages are translated, so the text does not decide.
    case SQLState.featureNotSupported: true
    default: false
    }
  }
}
