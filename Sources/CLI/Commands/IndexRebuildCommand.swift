// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore index rebuild`.
struct IndexRebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rebuild", abstract: "Builds the index anew.")

  @Flag(help: "Do not lock out writers meanwhile, where that makes a difference.")
  var concurrently = false

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let bar = ProgressBar(unit: "vectors")
    let status = try await StoreSession(store, writing.settings).run(.existing, .none) { store in
      try await store.rebuildIndex(concurrently: concurrently, progress: bar.handler)
      return try await store.indexStatus()
    }
    bar.finish()
    try Report.write(ResultJSON.index(status), asJSON: output.json)
  }
}
