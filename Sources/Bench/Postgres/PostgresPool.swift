// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import PostgresBackend

/// Connections for the time of some work.
enum PostgresPool {
  /// Does `work` with connections to a database, and closes them.
  static func lend<Result: Sendable>(_ url: String, _ work: (PGEngine) async throws -> Result) async throws -> Result {
    var options = PGEngine.Options()
    // One holds the scratch schema's lock, one works.
    options.maximumSize = 4
    options.applicationName = "vectorstore-bench"
    let pool = try PGEngine(url, options: options)
    do {
      let result = try await work(pool)
      await pool.close()
      return result
    } catch {
      await pool.close()
      throw error
    }
  }

  /// The same for a whole command, which Ctrl-C cancels.
  static func with(_ url: String, _ work: @escaping @Sendable (PGEngine) async throws -> Void) async throws {
    do {
      try await Interruption.cancelling { try await lend(url, work) }
    } catch is CancellationError {
      Console.note("interrupted")
      throw ExitCode(Interruption.interruptedStatus)
    }
  }
}
