// SPDX-License-Identifier: Apache-2.0

import Dispatch
import GRDB
import HNSW
public import VectorStoreCore

/// An embedding cache in an SQLite file of its own, usable with any embedder and beside any store.
///
/// ```swift
/// let cache = try await SQLiteEmbeddingCache(path: "embeddings.cache")
/// let embedder = CachedEmbedder(openAI, cache: cache)
/// ```
///
/// It may be used by several processes. Where the file is damaged, delete it: nothing but time is lost.
public final class SQLiteEmbeddingCache: EmbeddingCache {
  private let file: StoreFile
  private let isClosed = Lock(false)

  /// Tells a cache's database from others: "VeSC".
  private static let applicationID: Int32 = 0x5665_5343
  private static let version = 1

  /// Opens the cache at a path, and makes it where there is none.
  ///
  /// - Throws: ``VectorStoreError/Code/schemaMismatch`` for another program's file or a newer version's,
  ///   ``VectorStoreError/Code/notFound`` where the folder is not there, ``VectorStoreError/Code/io``.
  public init(path: String) async throws {
    guard let canonical = FileStatus.canonical(path), !FileStatus.isFolder(canonical) else {
      throw VectorStoreError(
        .notFound, "a cache cannot be at \(path): its folder is not there, or it is a folder itself")
    }
    let file = StoreRegistry.file(path: canonical, survivesPowerFailure: false)
    self.file = file
    do {
      // Before it is opened for writing, which changes the file of another program.
      let isPresent =
        try FileStatus.exists(canonical)
        && StoreErrors.translating(file.paths) {
          try file.readers.read { db in try Self.isPresent(db, path: canonical) }
        }
      guard !isPresent else { return }
      try await file.write { _ in
        try file.transaction { db in
          // Another process may have been faster.
          if try !Self.isPresent(db, path: canonical) { try Self.create(db) }
        }
      }
    } catch {
      await close()
      throw error
    }
  }

  deinit { if !isClosed.withLock({ $0 }) { _ = StoreRegistry.release(file) } }

  /// Whether the database is a cache; false for an empty one.
  private static func isPresent(_ db: Database, path: String) throws -> Bool {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if application == applicationID, found == version { return true }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == 0, tables == 0 else {
      throw VectorStoreError(
        .schemaMismatch,
        application == applicationID
          ? "\(path) is the embedding cache of another version of this software; delete it or choose another file"
          : "\(path) is no embedding cache; choose another file")
    }
    return false
  }

  private static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE spaces (
          id INTEGER PRIMARY KEY, model TEXT NOT NULL, dimension INTEGER NOT NULL, normalized INTEGER NOT NULL,
          prompt TEXT NOT NULL, UNIQUE (model, dimension, normalized, prompt)
        ) STRICT;
        CREATE TABLE embeddings (
          space INTEGER NOT NULL, text_hash TEXT NOT NULL, embedding BLOB NOT NULL, PRIMARY KEY (space, text_hash)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  public func vectors(for keys: [EmbeddingCacheKey]) async throws -> [EmbeddingCacheKey: [Float]] {
    let file = file
    return try await file.longRead { _ in
      try file.readers.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT embedding FROM embeddings JOIN spaces ON spaces.id = embeddings.space
            WHERE model = ? AND dimension = ? AND normalized = ? AND prompt = ? AND text_hash = ?
            """)
        var found: [EmbeddingCacheKey: [Float]] = [:]
        for key in keys {
          let arguments: StatementArguments = [key.model, key.dimension, key.isNormalized, key.prompt, key.textHash]
          guard let row = try Row.fetchOne(statement, arguments: arguments), let bytes = try row.optionalBlob(0) else {
            continue
          }
          // A vector of another length is of no use, and is embedded anew.
          found[key] = try? bytes.withUnsafeBytes { try VectorBlob.vector($0, dimension: key.dimension) }
        }
        return found
      }
    }
  }

  public func store(_ vectors: [EmbeddingCacheKey: [Float]]) async throws {
    guard !vectors.isEmpty else { return }
    let file = file
    try await file.write { _ in
      try file.transaction { db in
        for (key, vector) in vectors {
          let arguments: StatementArguments = [key.model, key.dimension, key.isNormalized, key.prompt]
          try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO spaces (model, dimension, normalized, prompt) VALUES (?, ?, ?, ?)"
          ).execute(arguments: arguments)
          try db.cachedStatement(
            sql: """
              INSERT OR REPLACE INTO embeddings (space, text_hash, embedding)
              SELECT id, ?, ? FROM spaces WHERE model = ? AND dimension = ? AND normalized = ? AND prompt = ?
              """
          ).execute(arguments: [key.textHash, VectorBlob.data(vector)] + arguments)
        }
      }
    }
  }

  /// Closes the file.
  public func close() async {
    let wasClosed = isClosed.withLock { value in
      defer { value = true }
      return value
    }
    if !wasClosed, StoreRegistry.release(file) { await file.close() }
  }
}
