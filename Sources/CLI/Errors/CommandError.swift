// SPDX-License-Identifier: Apache-2.0

/// What a command says to a person when it cannot go on, with the exit code that tells a script.
struct CommandError: Error, CustomStringConvertible {
  /// The exit codes of all commands of the package.
  enum Exit: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    case someInputsFailed = 3
    /// 128 + SIGINT, as shells say it.
    case interrupted = 130
  }

  /// How the process ends.
  let exit: Exit
  /// What went wrong and what would be right; may be several lines. Empty if all has been said.
  let description: String

  /// The command did not succeed.
  static func failed(_ message: String) -> CommandError { CommandError(exit: .failed, description: message) }

  /// The command line, a setting or a file of settings asks for what cannot be.
  static func usage(_ message: String) -> CommandError { CommandError(exit: .wrongUsage, description: message) }

  /// Everything has been said; only the exit code is left.
  static func silent(_ exit: Exit) -> CommandError { CommandError(exit: exit, description: "") }
}
