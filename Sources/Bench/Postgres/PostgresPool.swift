// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import PostgresBackend

/// Connections for the time of a command.
enum PostgresPool {
  /// Does `work` with connections to a database; Ctrl-C cancels it.
  static func with(_ url: String, _ work: @escaping @Sendable (PGEngine) async throws -> Void) async throws {
    var options = PGEngine.Options()
    // One holds the scratch schema's lock, one works.
    options.maximumSize = 4
    options.applicationName = "vectorstore-bench"
    let pool = try PGEngine(url, options: options)
    do {
      try await Interruption.cancelling {
        do {
          try await work(pool)
        } catch {
          await pool.close()
          throw error
        }
        await pool.close()
      }
    } catch is CancellationError {
      Console.note("interrupted")
      throw ExitCode(Interruption.interruptedStatus)
    }
  }
}
