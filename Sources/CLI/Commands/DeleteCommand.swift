// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore delete`: documents by id or by filter.
struct DeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes documents by their ids, or those that match a filter, in one transaction.",
    discussion: "Ids that are not there are passed over. --filter '{}' empties the store."
  )

  @Option(name: .customLong("id"), parsing: .upToNextOption, help: ArgumentHelp("The ids.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var filter: FilterOption
  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard ids.isEmpty != (filter.filter == nil) else { throw ValidationError("give --id or --filter") }
  }

  func run() async throws {
    let filter = try filter.value()
    let count = try await StoreSession(store, writing.settings).run(.existing, .none) { store in
      if let filter { return try await store.delete(filter: filter) }
      return try await store.delete(ids: ids)
    }
    try Report.write(["deleted": .integer(Int64(count))], asJSON: output.json)
  }
}
