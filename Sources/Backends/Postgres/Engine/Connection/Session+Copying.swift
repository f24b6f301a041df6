// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

extension Session {
  /// COPY … FROM STDIN: asks for chunk after chunk, each when the one before has gone, and returns the number of rows.
  func copyIn(
    _ copy: PGStatement, _ patience: Patience, _ chunk: () async throws -> [UInt8]?
  ) async throws -> Int {
    try Self.check(copy)
    guard isOpen else { throw lost() }
    if let begin = pendingBegin {
      pendingBegin = nil
      _ = try await run([begin], patience)
    }
    // libpq does no COPY in a pipeline.
    guard PQexitPipelineMode(handle) == 1 else { throw refused("the pipeline did not end") }
    let dialogue = CopyDialogue(self)
    do {
      try send(copy, name: nil)
      try await advance(dialogue, to: .open, patience)
      while let bytes = try await chunk() {
        try Task.checkCancellation()
        guard bytes.count < 1 << 30 else {
          throw VectorStoreError(.invalidArgument, "a chunk has \(bytes.count) bytes; PostgreSQL takes 1 GiB at most")
        }
        try dialogue.put(bytes)
        try await advance(dialogue, to: .flushed, patience)
      }
      try Task.checkCancellation()
      try dialogue.end(nil)
      try await advance(dialogue, to: .answered, patience)
    } catch {
      try await abandon(dialogue)
      throw error
    }
    try resume()
    return dialogue.rows
  }

  private func advance(_ dialogue: CopyDialogue, to goal: CopyDialogue.Goal, _ patience: Patience) async throws {
    dialogue.goal = goal
    guard let interest = dialogue.proceed(consuming: false) else { return try dialogue.check() }
    let interruption = await Drive(self, patience: patience, interest: interest) { dialogue.proceed() }.run()
    // A COPY that was answered has been done; nothing takes it back.
    if let interruption, goal != .answered || dialogue.failure != nil || isBroken {
      throw interruption.error(patience)
    }
    try dialogue.check()
  }

  /// Makes the server drop what it got, and the connection fit for the next statement.
  private func abandon(_ dialogue: CopyDialogue) async throws {
    guard isOpen else { return isBroken = true }
    if dialogue.isOpen { try dialogue.end("the copy was given up") }
    dialogue.goal = .answered
    if let interest = dialogue.proceed(consuming: false) {
      _ = await Drive(self, patience: .housekeeping, interest: interest) { dialogue.proceed() }.run()
    }
    if isOpen { try resume() }
    if isOpen { try await ping() }
  }

  private func resume() throws {
    guard PQenterPipelineMode(handle) == 1 else { throw refused("no pipeline could be begun") }
  }
}
