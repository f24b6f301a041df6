// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore index status`.
struct IndexStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Tells what the index is now.")

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let status = try await StoreSession(store).run(.readOnly, .none) { try await $0.indexStatus() }
    try Report.write(ResultJSON.index(status), asJSON: output.json)
  }
}
