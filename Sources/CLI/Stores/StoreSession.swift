// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Logging
import PostgresBackend
import VectorStoreCore

/// Opens a store as the settings say, and closes it when the command is done.
struct StoreSession {
  /// What a command needs of an embedder.
  enum Embedding {
    /// None: it works with what is stored.
    case none
    /// One, for the task of this name.
    case required(for: String)
    /// One where it is known.
    case ifKnown
  }

  /// The kinds of stores that this build opens.
  static let backends: [any VectorStoreBackend.Type] = [LocalBackend.self, PostgresBackend.self]

  /// The settings of the run.
  let settings: Settings
  /// How long work waits for a connection to PostgreSQL; nil for as long as usual.
  var acquireTimeout: Duration?
  private let options: StoreOptions

  init(_ options: StoreOptions, _ more: [Setting: String]...) throws {
    self.options = options
    let flags = more.reduce(options.settings) { $0.merging($1) { $1 } }
    settings = try Settings(flags: flags, configPath: options.config)
  }

  /// Runs a command's work on the store.
  func run<Result>(
    _ access: OpenOptions.Access, _ embedding: Embedding, _ work: (VectorStore) async throws -> Result
  ) async throws -> Result {
    let store = try await open(access, embedding)
    let result: Result
    do {
      result = try await work(store)
    } catch {
      try? await store.close()
      throw error
    }
    try await store.close()
    return result
  }

  /// Runs work that only looks what would be done; for a store that is not there, on an empty one in memory.
  func runDry<Result>(_ work: (VectorStore) async throws -> Result) async throws -> Result {
    do {
      return try await run(.readOnly, .ifKnown, work)
    } catch let error as VectorStoreError where error.code == .notFound {
      let store = try await open("memory:", openOptions(.createIfMissing), embedder: nil)
      return try await work(store)
    }
  }

  private func open(_ access: OpenOptions.Access, _ embedding: Embedding) async throws -> VectorStore {
    if options.readOnly, access != .readOnly {
      throw CommandError.usage("this command writes to the store, and --read-only forbids that")
    }
    let url = try settings.store()
    var openOptions = try self.openOptions(access)
    // The embedder comes first: a store that cannot be filled is not made.
    let given = settings[.embedder]
    switch embedding {
    case .none:
      return try await open(url, openOptions, embedder: nil)
    case .required, .ifKnown:
      if let given {
        openOptions.embedderName = EmbedderRegistry.recordedName(given.value)
        return try await open(url, openOptions, embedder: try await self.embedder(named: given.value))
      }
    }
    if access == .createIfMissing { openOptions.access = .existing }
    do {
      let store = try await open(url, openOptions, embedder: nil)
      return try await withRecordedEmbedder(store, embedding)
    } catch let error as VectorStoreError where error.code == .notFound && access == .createIfMissing {
      if case .required(let task) = embedding { throw EmbedderRegistry.missing(for: task) }
      return try await open(url, try self.openOptions(access), embedder: nil)
    }
  }

  /// The store with the embedder that it remembers.
  private func withRecordedEmbedder(_ store: VectorStore, _ embedding: Embedding) async throws -> VectorStore {
    do {
      guard let recorded = try await store.backend.recordedSpace(), let name = recorded.embedderName else {
        if case .required(let task) = embedding { throw EmbedderRegistry.missing(for: task) }
        return store
      }
      let embedder = try await recordedEmbedder(named: name, space: recorded.space)
      try recorded.space.check(embedder.space)
      return VectorStore(backend: store.backend, embedder: embedder, embedderName: name)
    } catch {
      if case .ifKnown = embedding, error is CommandError { return store }
      try? await store.close()
      throw error
    }
  }

  /// The embedder that a store remembers. Nobody has named it here, so that what is wrong with it has to say where it is from.
  private func recordedEmbedder(named name: String, space: EmbeddingSpace) async throws -> any Embedder {
    do {
      return try await embedder(named: name, origin: .recorded(space))
    } catch let error as CommandError {
      throw error
    } catch {
      let report = ErrorReport(error)
      guard report.exit != .interrupted else { throw error }
      let shown = Secrets.withoutUser(name)
      throw CommandError(
        exit: report.exit,
        description: "\(report.message)\nThe store was made with '\(shown)'; if that is elsewhere now, give --embedder")
    }
  }

  private func embedder(named name: String, origin: EmbedderOrigin = .named) async throws -> any Embedder {
    let embedder = try await EmbedderRegistry.embedder(named: name, origin: origin)
    guard let cache = settings[.embeddingCache] else { return embedder }
    return CachedEmbedder(embedder, cache: try await EmbeddingCaches.open(path: cache.value))
  }

  private func open(_ url: String, _ options: OpenOptions, embedder: (any Embedder)?) async throws -> VectorStore {
    let parsed = try StoreURL(url)
    guard PostgresBackend.schemes.contains(parsed.scheme) else {
      return try await VectorStore.open(url, backends: Self.backends, embedder: embedder, options: options)
    }
    var options = options
    if let embedder { options.space = embedder.space }
    if options.space == nil, let dimension = settings[.dimension] {
      options.space = EmbeddingSpace(model: "", dimension: try dimension.number(in: 1...16_000))
    }
    let layout = TableSettings(settings: settings)
    let backend = try await PostgresBackend.open(
      parsed, table: try layout.table(), engineOptions: try layout.engineOptions(acquireTimeout: acquireTimeout),
      options: options)
    let store = VectorStore(
      backend: backend, embedder: embedder, embedderName: options.embedderName, space: options.space)
    do {
      _ = try await store.space()
    } catch {
      try? await backend.close()
      throw error
    }
    return store
  }

  private func openOptions(_ access: OpenOptions.Access) throws -> OpenOptions {
    var result = OpenOptions(access: access, logger: Log.logger(verbose: options.verbose))
    if let table = settings[.table] { result.table = table.value }
    if let fields = settings[.fields] { result.declaredFields = try Self.fields(fields) }
    if let keywords = settings[.keywords] { result.keywords = try keywords.flag() }
    if let durability = settings[.durability] {
      guard ["full", "process"].contains(durability.value) else { throw durability.fault("full or process") }
      result.survivesPowerFailure = durability.value == "full"
    }
    if let compaction = settings[.autoCompact] { result.compactionThreshold = try Self.threshold(compaction) }
    result.threads = try settings[.threads]?.number(in: 1...1_024) ?? ProcessInfo.processInfo.activeProcessorCount
    return result
  }

  private static func threshold(_ setting: ResolvedSetting) throws -> Double? {
    guard setting.value != "off" else { return nil }
    let range = OpenOptions.compactionThresholds
    guard let share = Double(setting.value), range.contains(share) else {
      throw setting.fault("a share from \(range.lowerBound) to \(range.upperBound), or off")
    }
    return share
  }

  private static func fields(_ setting: ResolvedSetting) throws -> [Field] {
    try setting.value.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let name = part.trimmingCharacters(in: .whitespaces)
      guard !name.isEmpty else { throw setting.fault("names of fields with commas between them") }
      return Field(name)
    }
  }
}
