// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore stats`: what is in a store.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Tells how many documents there are, their embedder, sizes, and the index.")

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let statistics = try await StoreSession(store).run(.readOnly, .none) { try await $0.statistics() }
    let embedder = statistics.embedderName.map(Secrets.withoutUser)
    try Report.write(ResultJSON.statistics(statistics, embedder: embedder), asJSON: output.json)
  }
}
