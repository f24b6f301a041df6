// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `vectorstore index`: the vector index.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "The index of the vectors.",
    subcommands: [IndexCreateCommand.self, IndexDropCommand.self, IndexRebuildCommand.self, IndexStatusCommand.self]
  )
}
