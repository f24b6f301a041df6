// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench`: the benchmarks of the package.
@main
struct BenchCommand: ParsableCommand {
  /// The version of the package that results name.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "vectorstore-bench",
    abstract: "Measures the vector index and the store.",
    discussion: "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    version: version,
    subcommands: [
      AnnCommand.self, PgvectorCommand.self, CompareCommand.self, ReportCommand.self, TuneCommand.self,
      VerifyCommand.self,
      GenerateCommand.self, GroundTruthCommand.self, StoreCommand.self, EmbedCommand.self, DemoCommand.self,
      MemoryCommand.self, TokenizeCommand.self, AccompanyCommand.self,
    ]
  )

  /// Runs the command, and ends the process with the exit codes that all commands of the package share, in place of
  /// ArgumentParser's 64 for wrong usage.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        let stream = code.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
        stream.write(Data((message + "\n").utf8))
      }
      switch code {
      case .success: Foundation.exit(0)
      case .validationFailure: Foundation.exit(2)
      case ExitCode(Interruption.interruptedStatus): Foundation.exit(Interruption.interruptedStatus)
      default: Foundation.exit(1)
      }
    }
  }
}
