// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import Synchronization
internal import VectorStoreCore

/// A connection of an engine's pool, lent to one closure.
///
/// Calls from several tasks at once are done one after another, in the order they came. After the closure has returned,
/// every call throws.
package final class PGConnection: Sendable {
  private struct Turns {
    var isTaken = false
    var isOver = false
    var queue: [CheckedContinuation<Void, Never>] = []
  }

  let session: Session
  private let statementTimeout: Duration?
  private let turns = Mutex(Turns())

  init(_ session: Session, statementTimeout: Duration?) {
    self.session = session
    self.statementTimeout = statementTimeout
  }

  /// The server's version as a number: 160014 is 16.14.
  package var serverVersion: Int { session.serverVersion }

  /// Sends a statement and returns its rows, in one round trip.
  ///
  /// - Throws: ``VectorStoreError`` with the context's `sqlState` for an error of the server's, `unavailable` when the
  ///   connection is lost or the statement timeout is over; `CancellationError`, after the server has stopped.
  package func execute(_ statement: PGStatement) async throws -> PGResult {
    let results = try await pipeline([statement])
    guard let result = results.first else { throw session.lost() }
    return result
  }

  /// Sends statements at once, with one Sync: outside of a transaction they are one.
  ///
  /// - Throws: as ``execute(_:)``: the first error, after the connection is quiet; the context's `statement` is the number of
  ///   the statement, from 0.
  package func pipeline(_ statements: [PGStatement]) async throws -> [PGResult] {
    guard !statements.isEmpty else { return [] }
    return try await inTurn {
      try Task.checkCancellation()
      return try await session.run(statements, .statement(limit: statementTimeout))
    }
  }

  /// Does a `COPY … FROM STDIN (FORMAT binary)`, and returns the number of rows.
  ///
  /// `next` gives the data in chunks of any size, nil at its end, and is called when the one before has left the process, so
  /// that no more than a chunk is in memory. It must not use the connection. When it throws, nothing has been copied.
  package func copyIn(_ copy: PGStatement, _ next: () async throws -> [UInt8]?) async throws -> Int {
    try await inTurn {
      try Task.checkCancellation()
      return try await session.copyIn(copy, .statement(limit: statementTimeout), next)
    }
  }

  /// The same with the chunks of a sequence.
  package func copyIn<Chunks: AsyncSequence>(_ copy: PGStatement, _ chunks: Chunks) async throws -> Int
  where Chunks.Element == [UInt8] {
    var iterator = chunks.makeAsyncIterator()
    return try await copyIn(copy) { try await iterator.next() }
  }

  /// Runs the engine's own BEGIN, COMMIT or ROLLBACK.
  func control(_ statement: PGStatement, _ patience: Patience) async throws -> PGResult? {
    try await inTurn { try await session.run([statement], patience).first }
  }

  /// Waits for calls under way, and refuses later ones.
  func end() async {
    _ = try? await inTurn {
      let waiting = turns.withLock { turns in
        turns.isOver = true
        defer { turns.queue = [] }
        return turns.queue
      }
      for continuation in waiting { continuation.resume() }
    }
  }

  private func inTurn<R>(_ body: () async throws -> R) async throws -> R {
    try await take()
    defer { giveUp() }
    return try await body()
  }

  private func take() async throws {
    let isFree = turns.withLock { turns in
      guard !turns.isTaken else { return false }
      turns.isTaken = true
      return true
    }
    if !isFree {
      await withCheckedContinuation { continuation in
        let isFree = turns.withLock { turns in
          if turns.isTaken, !turns.isOver {
            turns.queue.append(continuation)
            return false
          }
          turns.isTaken = true
          return true
        }
        if isFree { continuation.resume() }
      }
    }
    guard turns.withLock({ !$0.isOver }) else {
      throw VectorStoreError(
        .invalidArgument, "the connection was used after the closure that it was lent to had ended")
    }
  }

  private func giveUp() {
    let next = turns.withLock { turns -> CheckedContinuation<Void, Never>? in
      guard !turns.queue.isEmpty else {
        turns.isTaken = false
        return nil
      }
      return turns.queue.removeFirst()
    }
    next?.resume()
  }
}
