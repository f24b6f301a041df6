// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

extension Session {
  /// How many bytes of statements are put into libpq's output before it is emptied.
  private static let windowBytes = 1 << 20
  private static let windowStatements = 2048

  /// Sends statements in one pipeline with one Sync, and returns their results.
  ///
  /// A prepared statement that the server has forgotten, or whose result has changed its type, is prepared once more where
  /// nothing has been done yet that would be done twice.
  func run(_ statements: [PGStatement], _ patience: Patience) async throws -> [PGResult] {
    for statement in statements { try Self.check(statement) }
    let mayRepeat = isOutsideTransaction
    let begin = pendingBegin
    do {
      return try await attempt(statements, patience)
    } catch let failure as PipelineFailure {
      let isStale = failure.error.isStaleStatement && keepsStatements && failure.hadPrepared
      if isStale { forgetStatements(failure.error) }
      guard isStale, mayRepeat, begin == nil, isOpen, isOutsideTransaction,
        failure.place == 0 || !statements.contains(where: \.controlsTransactions)
      else { throw failure.named(among: statements.count) }
      do {
        return try await attempt(statements, patience)
      } catch let failure as PipelineFailure {
        throw failure.named(among: statements.count)
      }
    }
  }

  /// A round trip that does nothing: what the server still had to say is read, and a late cancellation meets no statement.
  func ping() async throws {
    let conversation = Conversation(self)
    try sendSync()
    conversation.expect(.sync)
    try await drive(conversation, .housekeeping)
    if let failure = conversation.failure { throw failure.error }
  }

  /// All of them: a table that was changed or made anew is in more than the one statement that told.
  private func forgetStatements(_ error: VectorStoreError) {
    if error.context[.sqlState] == SQLState.unknownStatement { statements.forgetAll() } else { statements.evictAll() }
  }

  private func attempt(_ batch: [PGStatement], _ patience: Patience) async throws -> [PGResult] {
    guard isOpen else { throw lost() }
    let conversation = Conversation(self)
    var sender = PipelineSender(self, conversation)
    if isOutsideTransaction { try sender.deallocate() }
    if let begin = pendingBegin {
      pendingBegin = nil
      try sender.begin(begin)
    }
    var windowBytes = 0
    var windowStatements = 0
    for (place, statement) in batch.enumerated() {
      windowBytes += try sender.send(statement, place)
      windowStatements += 1
      guard place + 1 < batch.count, windowBytes >= Self.windowBytes || windowStatements >= Self.windowStatements
      else { continue }
      (windowBytes, windowStatements) = (0, 0)
      conversation.isSending = true
      if let interruption = try await drive(conversation, patience) {
        // Half of the pipeline is with the server. A Sync would commit it; the end of the connection does not.
        isBroken = true
        throw interruption.error(patience)
      }
      conversation.isSending = false
      if conversation.failure != nil { break }
    }
    try sendSync()
    conversation.expect(.sync)
    let interruption = try await drive(conversation, patience)
    if let interruption {
      if patience.cancelsInServer, isOpen { try? await ping() }
      // What has been done although it was to be cancelled, has been done.
      if conversation.failure != nil || isBroken { throw interruption.error(patience) }
    }
    if let failure = conversation.failure {
      throw PipelineFailure(place: failure.place, error: failure.error, hadPrepared: sender.usedPrepared)
    }
    guard conversation.results.count == batch.count else { throw lost() }
    return conversation.results
  }

  @discardableResult
  func drive(_ conversation: Conversation, _ patience: Patience) async throws -> Drive.Interruption? {
    let isFlushed = PQflush(handle) == 0
    if isFlushed && conversation.isSending { return nil }
    // Also after a failure: what the server said before it went away is still to be read.
    let interest: Interest = isFlushed ? .read : [.read, .write]
    let interruption = await Drive(self, patience: patience, interest: interest) { conversation.proceed() }.run()
    if isBroken, interruption == nil, conversation.failure == nil { throw lost() }
    return interruption
  }
}

extension PGStatement {
  /// Whether it begins or ends a transaction, so that a pipeline with it is not one transaction.
  fileprivate var controlsTransactions: Bool {
    let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
    return ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE"].contains(word)
  }
}
