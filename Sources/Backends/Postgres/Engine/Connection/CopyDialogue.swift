// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

/// One COPY … FROM STDIN, between its steps.
///
/// `@unchecked` for the reason that ``Session`` has: its holder and the reactor's thread take turns.
final class CopyDialogue: @unchecked Sendable {
  /// What is to be reached before the holder goes on.
  enum Goal { case open, flushed, answered }

  private let session: Session
  var goal = Goal.open
  /// Whether the server takes data.
  private(set) var isOpen = false
  private(set) var rows = 0
  private(set) var failure: VectorStoreError?

  init(_ session: Session) { self.session = session }

  /// Takes all of the bytes: libpq's buffer grows to one chunk, since it is emptied between them.
  func put(_ bytes: [UInt8]) throws {
    let status = bytes.withUnsafeBytes { buffer in
      PQputCopyData(
        session.handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count))
    }
    guard status == 1 else { throw session.refused("the data could not be sent") }
  }

  /// Ends the data; with a reason, the server undoes the copy.
  func end(_ reason: String?) throws {
    guard PQputCopyEnd(session.handle, reason) == 1 else { throw session.refused("the copy could not be ended") }
    isOpen = false
  }

  func check() throws {
    if let failure { throw failure }
    if session.isBroken { throw session.lost() }
  }

  /// Moves what can be moved; tells what the socket must be ready for next, nil when the goal is reached.
  func proceed(consuming: Bool = true) -> Interest? {
    let flushed = PQflush(session.handle)
    let isAlive = !consuming || (flushed >= 0 && PQconsumeInput(session.handle) == 1)
    if goal == .flushed {
      if !isAlive { return end() }
      return flushed == 0 ? nil : [.read, .write]
    }
    while PQisBusy(session.handle) == 0 {
      guard let answer = PQgetResult(session.handle) else { return nil }
      let result = PGResult(answer)
      switch PQresultStatus(answer) {
      case PGRES_COPY_IN:
        if goal == .open {
          isOpen = true
          return nil
        }
        return end()
      case PGRES_COMMAND_OK:
        rows = result.affectedRows
        if goal == .open { failure = notACopy }
      case PGRES_FATAL_ERROR:
        failure = failure ?? ServerReport(answer).error()
        if PQstatus(session.handle) != CONNECTION_OK { return end() }
      case PGRES_COPY_OUT, PGRES_COPY_BOTH:
        failure = notACopy
        return end()
      default:
        failure = notACopy
      }
    }
    guard isAlive else { return end() }
    return flushed == 0 ? .read : [.read, .write]
  }

  private var notACopy: VectorStoreError {
    VectorStoreError(.invalidArgument, "the statement is no COPY … FROM STDIN")
  }

  private func end() -> Interest? {
    if failure == nil { failure = session.lost() }
    session.isBroken = true
    return nil
  }
}
