// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore get`: documents by id or by filter.
struct GetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Shows documents by their ids, or those that match a filter.",
    discussion: "An id that is not there is named on standard error, and the exit code is 3."
  )

  @Argument(help: ArgumentHelp("The ids.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var filter: FilterOption

  @Option(help: ArgumentHelp("With --filter: how many at most.", valueName: "n"))
  var limit = 100

  @Flag(help: "Show the vectors too.")
  var vectors = false

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard ids.isEmpty != (filter.filter == nil) else { throw ValidationError("give ids, or --filter") }
    guard limit > 0 else { throw ValidationError("--limit is at least 1, not \(limit)") }
  }

  func run() async throws {
    let filter = try filter.value()
    let printer = DocumentPrinter(asJSON: output.json)
    let missing = try await StoreSession(store).run(.readOnly, .none) { store in
      if let filter {
        var count = 0
        for try await record in store.records(
          filter: filter, includingVectors: vectors, pageSize: min(limit, 256))
        {
          try printer.write(record)
          count += 1
          if count == limit { break }
        }
        return [String]()
      }
      let records = try await store.records(ids: ids, includingVectors: vectors)
      for record in records { try printer.write(record) }
      let found = Set(records.map { Array($0.id.utf8) })
      return ids.filter { !found.contains(Array($0.utf8)) }
    }
    for id in missing { StandardError.note("there is no document '\(id)'") }
    if !missing.isEmpty { throw CommandError.silent(.someInputsFailed) }
  }
}
