// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore import`: documents from lines of JSON.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Adds documents from lines of JSON; those whose ids are there are replaced.",
    discussion: """
      A line is {"id","content","metadata","embedding"}; without "embedding" its text is embedded, without "id" it gets \
      one. Lines are committed in batches: an import that was interrupted or met a wrong line says how far it came, and \
      may be run again.
      """
  )

  @Argument(help: ArgumentHelp("The file to read, or '-' for standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Lines in a transaction.", valueName: "n"))
  var batchSize = 512

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "New stores and writing") var writing: WritingOptions
  @OptionGroup(title: "Embedding") var embedding: EmbedderOptions
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard 1...100_000 ~= batchSize else {
      throw ValidationError("--batch-size is from 1 to 100000, not \(batchSize)")
    }
  }

  func run() async throws {
    let session = try StoreSession(store, writing.settings, embedding.settings)
    let lines = try ImportLines(path: file)
    let report = try await session.run(.createIfMissing, .ifKnown) { store in
      try await lines.run(store, batchSize: batchSize)
    }
    try Report.write(
      ["added": .integer(Int64(report.added)), "updated": .integer(Int64(report.updated))], asJSON: output.json)
  }
}
