// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
public import VectorStoreCore

extension LocalBackend {
  public static func open(_ url: StoreURL, options: OpenOptions) async throws -> LocalBackend {
    try await LocalStoreOpener(url: url, options: options).open()
  }
}

/// Finds or makes the database and the collection that a URL and options mean.
struct LocalStoreOpener {
  let url: StoreURL
  let options: OpenOptions

  func open() async throws -> LocalBackend {
    try check()
    let file = try file()
    do {
      let record = try await record(file)
      let collection = file.collection(id: record.id) {
        Collection(file: file, record: record, options: options)
      }
      return LocalBackend(collection: collection, options: options)
    } catch {
      if StoreRegistry.release(file) { await file.close() }
      throw error
    }
  }

  private func record(_ file: StoreFile) async throws -> CollectionRecord {
    if FileStatus.exists(file.paths.database), let found = try await existing(file) { return found }
    return try await create(file)
  }

  private func check() throws {
    guard !options.table.isEmpty, !options.table.utf8.contains(0) else {
      throw VectorStoreError(.invalidArgument, "a collection's name must not be empty or hold a NUL byte")
    }
    guard options.threads >= 1 else {
      throw VectorStoreError(.invalidArgument, "threads must be at least 1, not \(options.threads)")
    }
    let thresholds = OpenOptions.compactionThresholds
    if let threshold = options.compactionThreshold, !thresholds.contains(threshold) {
      throw VectorStoreError(
        .invalidArgument,
        "compactionThreshold must be a share from \(thresholds.lowerBound) to \(thresholds.upperBound), or nil, not \(threshold)"
      )
    }
    for field in options.declaredFields where field.metadataKeys == nil {
      throw VectorStoreError(.invalidArgument, "\(field) cannot be declared; declared fields are metadata fields")
    }
    if let space = options.space { try Self.check(space) }
    _ = try CollectionRecord.checked(options.index)
  }

  static func check(_ space: EmbeddingSpace) throws {
    guard !space.metric.isBinary else {
      throw VectorStoreError(
        .unsupported,
        "the embedded store compares Float32 vectors, by cosine, l2, ip or l1; not by \(space.metric.rawValue)")
    }
    guard (1...16_000).contains(space.dimension) else {
      throw VectorStoreError(.invalidArgument, "a vector must have 1 to 16,000 dimensions, not \(space.dimension)")
    }
  }

  private func file() throws -> StoreFile {
    if url.scheme == "memory" {
      guard let folder = FileStatus.makeTemporaryFolder() else {
        throw VectorStoreError(.io, "no temporary folder can be made; set TMPDIR to a folder that can be written")
      }
      return StoreFile(path: folder + "/store.db", isTemporary: true, survivesPowerFailure: false)
    }
    let path = url.location
    guard !FileStatus.isFolder(path) else {
      throw VectorStoreError(.invalidArgument, "\(path) is a folder; a store is a file")
    }
    guard let canonical = FileStatus.canonical(path) else {
      throw VectorStoreError(.notFound, "the folder of \(path) is not there; make it first")
    }
    if options.access != .createIfMissing, !FileStatus.exists(canonical) {
      throw missing("there is no store at \(path)")
    }
    // SQLite takes a file of one byte for an empty one and would write over it.
    guard FileStatus.size(canonical) != 1 else {
      throw VectorStoreError(.schemaMismatch, "\(path) is no SQLite database, so it is no store")
    }
    return StoreRegistry.file(path: canonical, survivesPowerFailure: options.survivesPowerFailure)
  }

  private func missing(_ what: String) -> VectorStoreError {
    VectorStoreError(.notFound, "\(what); ingest or import makes one", context: [.table: options.table])
  }

  /// The collection as it is, joined by what the options add to it; nil where it is not there and may be made.
  private func existing(_ file: StoreFile) async throws -> CollectionRecord? {
    let found = try StoreErrors.translating(file.paths) {
      try file.readers.read { db -> (record: CollectionRecord?, names: [String])? in
        guard try Schema.isPresent(db, path: file.paths.database) else { return nil }
        let names = try String.fetchAll(db, sql: "SELECT name FROM collections ORDER BY name")
        return (try CollectionRecord.fetch(db, name: options.table), names)
      }
    }
    guard let record = found?.record else {
      guard options.access == .createIfMissing else {
        let others = found.map(\.names) ?? []
        let list = others.isEmpty ? "it has none" : "it has: \(others.joined(separator: ", "))"
        throw missing("\(file.paths.database) has no collection '\(options.table)' (\(list))")
      }
      return nil
    }
    var joined = record
    try join(&joined)
    guard options.access != .readOnly, isChanged(record, joined) else { return record }
    return try await file.write { _ in
      try file.transaction { db in
        var current = try CollectionRecord.fetch(db, id: record.id)
        try join(&current)
        try current.update(db)
        return try CollectionRecord.fetch(db, id: record.id)
      }
    }
  }

  private func isChanged(_ a: CollectionRecord, _ b: CollectionRecord) -> Bool {
    a.space != b.space || a.embedderName != b.embedderName || a.declaredFields != b.declaredFields
  }

  private func join(_ record: inout CollectionRecord) throws {
    if let space = options.space {
      try Self.join(RecordedSpace(space, embedderName: options.embedderName), to: &record)
    }
    for field in options.declaredFields where !record.declaredFields.contains(field) {
      record.declaredFields.append(field)
    }
  }

  /// Records a space where there is none; compares it where there is one. A model that was not known becomes known.
  static func join(_ space: RecordedSpace, to record: inout CollectionRecord) throws {
    try check(space.space)
    if let recorded = record.space {
      try recorded.check(space.space)
      guard recorded.model.isEmpty, !space.space.model.isEmpty else { return }
    }
    record.space = space.space
    record.embedderName = space.embedderName ?? record.embedderName
  }

  private func create(_ file: StoreFile) async throws -> CollectionRecord {
    try await file.write { _ in
      try file.transaction { db in
        if try !Schema.isPresent(db, path: file.paths.database) { try Schema.create(db) }
        // Another process may have been faster.
        if var record = try CollectionRecord.fetch(db, name: options.table) {
          try join(&record)
          try record.update(db)
          return try CollectionRecord.fetch(db, id: record.id)
        }
        return try CollectionRecord.create(db, options: options)
      }
    }
  }
}
