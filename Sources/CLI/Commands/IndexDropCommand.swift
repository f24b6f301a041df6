// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore index drop`.
struct IndexDropCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Drops the index: searches compare all vectors from then on.")

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let status = try await StoreSession(store, writing.settings).run(.existing, .none) { store in
      try await store.dropIndex()
      return try await store.indexStatus()
    }
    try Report.write(ResultJSON.index(status), asJSON: output.json)
  }
}
