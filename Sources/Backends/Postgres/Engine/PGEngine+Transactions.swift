// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

extension PGEngine {
  /// Runs the closure in a transaction, which is committed when it returns and rolled back when it throws.
  ///
  /// BEGIN travels with the first statement. A body that sends none makes no transaction.
  ///
  /// - Parameter retries: how many times the body may be run again after a serialization failure or a deadlock, with a
  ///   jittered pause; what it does outside of the database is then done again, too.
  /// - Parameter isTimeLimited: as of ``withConnection(isTimeLimited:_:)``.
  /// - Throws: as that, and `unavailable` when the connection is lost during COMMIT: whether the server
  ///   did it is not known then, and the message says so.
  package func transaction<R: Sendable>(
    _ mode: PGTransactionMode = .readWrite, retries: Int = 0, isTimeLimited: Bool = true,
    _ body: (PGConnection) async throws -> R
  ) async throws -> R {
    var attempt = 0
    while true {
      do {
        return try await withConnection(isTimeLimited: isTimeLimited) { connection in
          connection.session.pendingBegin = mode.begin
          let result = try await body(connection)
          try await commit(connection)
          return result
        }
      } catch let error as VectorStoreError where error.isTransient && attempt < retries {
        // A stale statement is prepared anew by the next attempt; if it fails again, something else is wrong.
        if error.isStaleStatement && attempt > 0 { throw error }
        attempt += 1
        let longest = min(10 << min(attempt, 6), 500)
        try await Task.sleep(for: .milliseconds(Int.random(in: longest / 2...longest)))
      }
    }
  }

  private func commit(_ connection: PGConnection) async throws {
    // Nothing was sent: there is nothing to commit.
    guard connection.session.pendingBegin == nil else {
      connection.session.pendingBegin = nil
      return
    }
    let answer: PGResult?
    do {
      answer = try await connection.control(PGStatement("COMMIT", isPrepared: false), .commit)
    } catch let error as VectorStoreError where !connection.session.isOpen {
      throw VectorStoreError(
        .unavailable,
        "\(error.message); it happened during COMMIT, so whether the transaction was committed is not known",
        context: error.context)
    }
    guard answer?.commandTag == "COMMIT" else {
      throw VectorStoreError(
        .backend,
        "the transaction was rolled back, since one of its statements had failed and the error was not passed on")
    }
  }
}
