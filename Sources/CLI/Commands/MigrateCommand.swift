// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import PostgresBackend
import VectorStoreCore

/// `vectorstore migrate`: collections of LangChain's older `PGVector` into a store.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Copies a collection of LangChain's older PGVector into a store.",
    discussion: """
      The older PGVector keeps all collections in langchain_pg_collection and langchain_pg_embedding. Their documents, with \
      ids, metadata and vectors, go into --table of --store, which can be the same database, another one, or a file; \
      nothing is embedded again, and the old tables are left as they are. Without --collection the collections are listed.
      """)

  @Option(help: ArgumentHelp("The database of the old tables. (default: the store's)", valueName: "url"))
  var from: String?

  @Option(help: ArgumentHelp("The schema of the old tables.", valueName: "name"))
  var fromSchema = "public"

  @Option(help: ArgumentHelp("The collection.", valueName: "name"))
  var collection: String?

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "Writing") var writing: WritingOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let session = try StoreSession(store, writing.settings)
    let url = try StoreURL(from ?? session.settings.store())
    guard PostgresBackend.schemes.contains(url.scheme) else {
      throw CommandError.usage("the old tables are in a database of PostgreSQL: name it with --from postgresql://…")
    }
    let engine = try PGEngine(
      url.location, options: try TableSettings(settings: session.settings).engineOptions())
    do {
      let old = LegacyCollections(engine: engine, schema: fromSchema)
      if let collection { try await copy(old, collection, session) } else { try await list(old) }
    } catch {
      await engine.close()
      throw error
    }
    await engine.close()
  }

  private func list(_ old: LegacyCollections) async throws {
    let names = try await old.names()
    for (name, count) in names {
      if output.json {
        try OutputFile.standard.json(["collection": .string(name), "count": .integer(Int64(count))])
      } else {
        try OutputFile.standard.line(TerminalText.printable("\(name)  \(count)"))
      }
    }
    if names.isEmpty { StandardError.note("there are no collections") }
  }

  private func copy(_ old: LegacyCollections, _ collection: String, _ session: StoreSession) async throws {
    let bar = ProgressBar(unit: "documents")
    let copied = try await session.run(.createIfMissing, .none) { store in
      try await old.copy(collection, to: store, progress: bar.handler)
    }
    bar.finish()
    try Report.write(["copied": .integer(Int64(copied))], asJSON: output.json)
  }
}
