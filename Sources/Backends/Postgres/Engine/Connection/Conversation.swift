// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

/// What was sent on a connection and is to be answered, in order, and the answers.
///
/// `@unchecked` for the reason that ``Session`` has: its holder and the reactor's thread take turns.
final class Conversation: @unchecked Sendable {
  enum Expectation {
    case deallocation
    case preparation(StatementCache.Key, name: String, of: Int)
    /// The engine's own BEGIN.
    case begin
    case statement(Int)
    case sync
  }

  private let session: Session
  private var expected: [Expectation] = []
  private var next = 0
  private var sawResult = false
  /// Times that libpq said "no more" where something was due.
  private var blanks = 0
  /// Whether only the output is waited for: more is going to be sent.
  var isSending = false
  private(set) var results: [PGResult] = []
  /// The first error, and the number of its statement.
  private(set) var failure: (place: Int, error: VectorStoreError)?

  init(_ session: Session) { self.session = session }

  var isAnswered: Bool { next == expected.count }

  func expect(_ expectation: Expectation) { expected.append(expectation) }

  /// Moves what can be moved; tells what the socket must be ready for next, nil when there is nothing more to wait for.
  func proceed() -> Interest? {
    let flushed = PQflush(session.handle)
    let isAlive = flushed >= 0 && PQconsumeInput(session.handle) == 1
    while !isAnswered {
      if PQisBusy(session.handle) != 0 {
        guard isAlive else { return end() }
        if flushed == 0 && isSending { return nil }
        return flushed == 0 ? .read : [.read, .write]
      }
      guard take(PQgetResult(session.handle)) else { return end() }
    }
    guard isAlive, isSending, flushed > 0 else { return nil }
    return [.read, .write]
  }

  /// The connection has ended under the conversation.
  private func end() -> Interest? {
    if failure == nil { failure = (place, session.lost()) }
    session.isBroken = true
    return nil
  }

  /// The number of the statement that is being answered.
  private var place: Int {
    guard next < expected.count else { return max(results.count - 1, 0) }
    return switch expected[next] {
    case .statement(let place), .preparation(_, _, let place): place
    case .deallocation, .begin, .sync: results.count
    }
  }

  /// Takes one answer of libpq's; false when it is out of step, or the connection has ended.
  private func take(_ answer: OpaquePointer?) -> Bool {
    guard let answer else {
      if case .sync = expected[next] {} else if sawResult { advance() }
      blanks += 1
      return blanks < 3
    }
    blanks = 0
    let result = PGResult(answer)
    switch PQresultStatus(answer) {
    case PGRES_PIPELINE_SYNC:
      guard case .sync = expected[next] else { return false }
      advance()
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      keep(result)
    case PGRES_PIPELINE_ABORTED:
      sawResult = true
    case PGRES_FATAL_ERROR:
      fail(ServerReport(answer))
      if PQstatus(session.handle) != CONNECTION_OK { return false }
    default:
      // A COPY, which only `copyIn` speaks.
      failure = (place, VectorStoreError(.unsupported, "COPY is done by copyIn only"))
      return false
    }
    return true
  }

  private func keep(_ result: PGResult) {
    sawResult = true
    switch expected[next] {
    case .preparation(let key, let name, _): session.statements.insert(key, name: name)
    case .statement: results.append(result)
    case .deallocation, .begin, .sync: break
    }
  }

  private func fail(_ report: ServerReport) {
    sawResult = true
    // What the server does not know any more needs no deallocation.
    if case .deallocation = expected[next] { return }
    guard failure == nil else { return }
    if report.sqlState == nil, PQstatus(session.handle) != CONNECTION_OK {
      failure = (place, session.lost())
    } else {
      failure = (place, report.error())
    }
  }

  private func advance() {
    next += 1
    sawResult = false
    blanks = 0
  }
}
