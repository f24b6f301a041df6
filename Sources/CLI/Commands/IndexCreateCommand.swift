// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore index create`.
struct IndexCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Makes the index, in the place of the one there is.")

  @Option(help: "hnsw, a graph; ivfflat, lists (PostgreSQL only); exact, none.")
  var type = IndexKindArgument(.hnsw)

  @Option(
    help: ArgumentHelp("hnsw: links of a vector. (default: 16; on PostgreSQL by the number of rows)", valueName: "n"))
  var m: Int?

  @Option(
    help: ArgumentHelp(
      "hnsw: the beam while building. (default: 64; on PostgreSQL by the number of rows)", valueName: "n"))
  var efConstruction: Int?

  @Option(help: ArgumentHelp("ivfflat: how many lists. (default: by the number of rows)", valueName: "n"))
  var lists: Int?

  @Option(
    help: ArgumentHelp(
      "PostgreSQL: what the index holds of a vector: full, half precision, or binary, a bit a number; hits are ranked again by the vectors themselves. (default: by the dimensions)",
      valueName: "full|half|binary"))
  var precision: PrecisionArgument?

  @Flag(help: "Do not lock out writers meanwhile, where that makes a difference.")
  var concurrently = false

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func validate() throws {
    if lists != nil, type.kind != .ivfflat { throw ValidationError("--lists is for --type ivfflat") }
    if m != nil || efConstruction != nil, type.kind != .hnsw {
      throw ValidationError("--m and --ef-construction are for --type hnsw")
    }
  }

  func run() async throws {
    let bar = ProgressBar(unit: "vectors")
    let specification = IndexSpecification(
      type.kind, m: m, efConstruction: efConstruction, lists: lists, concurrently: concurrently,
      precision: precision?.precision)
    let status = try await StoreSession(store, writing.settings).run(.existing, .none) { store in
      try await store.createIndex(specification, progress: bar.handler)
      return try await store.indexStatus()
    }
    bar.finish()
    try Report.write(ResultJSON.index(status), asJSON: output.json)
  }
}
