// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore count`: how many documents.
struct CountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Counts the documents, or those that match a filter.")

  @OptionGroup var filter: FilterOption
  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let filter = try filter.value()
    let count = try await StoreSession(store).run(.readOnly, .none) { try await $0.count(filter: filter) }
    if output.json {
      try OutputFile.standard.json(["count": .integer(Int64(count))])
    } else {
      try OutputFile.standard.line(String(count))
    }
  }
}
