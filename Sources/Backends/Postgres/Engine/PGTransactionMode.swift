// SPDX-License-Identifier: Apache-2.0

/// What a transaction sees, and whether it may write.
package enum PGTransactionMode: Sendable {
  /// READ COMMITTED: each statement sees what was committed when it began.
  case readWrite
  /// REPEATABLE READ READ ONLY: all statements see one moment.
  case snapshot

  var begin: PGStatement {
    switch self {
    case .readWrite: PGStatement("BEGIN ISOLATION LEVEL READ COMMITTED", isPrepared: false)
    case .snapshot: PGStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", isPrepared: false)
    }
  }
}
