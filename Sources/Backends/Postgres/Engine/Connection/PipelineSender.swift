// SPDX-License-Identifier: Apache-2.0

/// Puts the statements of one pipeline into libpq's output, each prepared if that is due, and notes what will be answered.
struct PipelineSender {
  private let session: Session
  private let conversation: Conversation
  /// Prepared by this pipeline; the server has not said yet whether it could.
  private var underWay: [StatementCache.Key: String] = [:]
  /// Whether a statement was sent by a name that an earlier pipeline prepared.
  private(set) var usedPrepared = false

  init(_ session: Session, _ conversation: Conversation) {
    self.session = session
    self.conversation = conversation
  }

  /// Frees the statements that fell out of the cache, in an implicit transaction of their own.
  func deallocate() throws {
    let names = session.statements.takeEvicted()
    guard !names.isEmpty else { return }
    for name in names {
      try session.send(PGStatement("DEALLOCATE \(name)", isPrepared: false), name: nil)
      conversation.expect(.deallocation)
    }
    try session.sendSync()
    conversation.expect(.sync)
  }

  func begin(_ statement: PGStatement) throws {
    try session.send(statement, name: nil)
    conversation.expect(.begin)
  }

  /// Returns how many bytes the statement takes, about.
  mutating func send(_ statement: PGStatement, _ place: Int) throws -> Int {
    let size = statement.parameters.reduce(128) { $0 + ($1.bytes?.count ?? 0) + 16 }
    guard statement.isPrepared, session.keepsStatements else {
      try session.send(statement, name: nil)
      conversation.expect(.statement(place))
      return size + statement.text.utf8.count
    }
    let key = statement.key ?? StatementCache.Key(statement)
    let name: String
    if let known = session.statements.name(of: key) {
      usedPrepared = true
      name = known
    } else if let known = underWay[key] {
      name = known
    } else {
      name = session.statements.newName()
      underWay[key] = name
      try session.sendPrepare(key, name: name)
      conversation.expect(.preparation(key, name: name, of: place))
    }
    try session.send(statement, name: name)
    conversation.expect(.statement(place))
    return size
  }
}
