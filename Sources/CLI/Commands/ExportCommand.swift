// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore export`: documents as lines of JSON.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes documents with their vectors as lines of JSON, which import reads.",
    discussion: "A line is {\"id\",\"content\",\"metadata\",\"embedding\"}, in the order of the ids' bytes."
  )

  @Argument(help: ArgumentHelp("The file to write, or '-' for standard output.", valueName: "file"))
  var file: String

  @OptionGroup var filter: FilterOption

  @Flag(help: "Leave the vectors out; import then embeds the texts.")
  var noVectors = false

  @OptionGroup(title: "Store") var store: StoreOptions

  func run() async throws {
    let filter = try filter.value()
    try await StoreSession(store).run(.readOnly, .none) { store in
      let total = StandardError.isTerminal ? try await store.count(filter: filter) : nil
      let output = file == "-" ? OutputFile.standard : try OutputFile(path: file)
      let bar = ProgressBar(unit: "documents")
      var done = 0
      do {
        for try await line in store.export(filter: filter, includingVectors: !noVectors) {
          try output.line(line)
          done += 1
          if done % 256 == 0 { bar.show("exporting", done: done, total: total) }
        }
        try output.close()
      } catch is CancellationError {
        try? output.flush()
        throw CommandError(
          exit: .interrupted, description: "interrupted: \(done) documents were written, and more are missing")
      }
      bar.finish()
      StandardError.note("exported \(done) documents")
    }
  }
}
