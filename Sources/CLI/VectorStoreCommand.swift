// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore`: a store of documents that are found by what they mean.
@main
struct VectorStoreCommand: AsyncParsableCommand {
  /// The version of the package.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "vectorstore",
    abstract: "Keeps documents and finds the passages that answer a question.",
    discussion: """
      A first run:
        vectorstore ingest docs --store notes.db --embedder hashing:512
        vectorstore search "how do I back up?" --store notes.db

      Embedders:
      \(EmbedderRegistry.choices)

      Settings come from flags, else the environment (VECTORSTORE_STORE, VECTORSTORE_EMBEDDER, …), else \
      ~/.config/vectorstore/config.json; 'vectorstore config show' tells which. Shell completions: \
      vectorstore --generate-completion-script bash|zsh|fish.

      Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some inputs failed, 130 interrupted.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Documents:",
        subcommands: [
          IngestCommand.self, GetCommand.self, UpdateCommand.self, DeleteCommand.self, CountCommand.self,
        ]),
      CommandGroup(name: "Search:", subcommands: [SearchCommand.self, EmbedCommand.self]),
      CommandGroup(name: "Service:", subcommands: service),
      CommandGroup(
        name: "Moving:", subcommands: [ImportCommand.self, ExportCommand.self, BackupCommand.self, MigrateCommand.self]),
      CommandGroup(
        name: "Care:",
        subcommands: [
          StatsCommand.self, VerifyCommand.self, CompactCommand.self, IndexCommand.self, ConfigCommand.self,
        ]),
    ]
  )

  /// Commands that a build without the trait `Server` does not have.
  private static var service: [any ParsableCommand.Type] {
    #if Server
      [ServeCommand.self]
    #else
      []
    #endif
  }

  /// Runs the command, and ends the process with the exit codes that all commands of the package share, in place of
  /// ArgumentParser's 64 for wrong usage.
  static func main() async {
    let interruption = Interruption()
    let work = Task { () -> Int32 in
      do {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        try OutputFile.standard.flush()
        return 0
      } catch {
        return report(error)
      }
    }
    let listeners = interruption.start { work.cancel() }
    let code = await work.value
    withExtendedLifetime(listeners) { Foundation.exit(code) }
  }

  /// Says what went wrong; the exit code.
  private static func report(_ error: any Error) -> Int32 {
    // What was answered before the error is an answer still.
    try? OutputFile.standard.flush()
    StandardError.progress("")
    guard isOfParser(error) else {
      let report = ErrorReport(error)
      if !report.message.isEmpty { StandardError.note(report.message) }
      return report.exit.rawValue
    }
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code.isSuccess {
      // Help, version, completions.
      try? OutputFile.standard.line(message)
      try? OutputFile.standard.flush()
      return 0
    }
    StandardError.plain(message.hasPrefix("Error: ") ? "vectorstore: " + message.dropFirst(7) : message)
    return code == .validationFailure ? 2 : 1
  }

  /// Whether ArgumentParser knows what to say: its own errors, and requests for help.
  private static func isOfParser(_ error: any Error) -> Bool {
    if error is ValidationError || error is CleanExit || error is ExitCode { return true }
    return exitCode(for: error) != .failure
  }
}
