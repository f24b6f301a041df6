// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `vectorstore config`: the settings.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "The settings.", subcommands: [ConfigShowCommand.self])
}
