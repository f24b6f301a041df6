// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// What the database records of a collection.
struct CollectionRecord: Sendable {
  let id: Int64
  let name: String
  var space: EmbeddingSpace?
  var embedderName: String?
  /// Metadata fields that are kept as columns in memory.
  var declaredFields: [Field]
  let hasKeywords: Bool
  var index: IndexSpecification
  /// The number of the last change.
  var change: Int64
  /// Goes up when anything here but the numbers of changes and documents does, and when the index file is replaced.
  var revision: Int64
  /// Documents.
  var count: Int
  /// The fingerprint of the index file, and the last change that is in it.
  var indexFile: [UInt8]?
  var indexChange: Int64
  /// The same of a file that is about to take its place.
  var pendingFile: [UInt8]?
  var pendingChange: Int64

  /// What is read, in the order of ``init(row:)``.
  private static let columns =
    "id, name, space, embedder, fields, keywords, index_specification, change_number, revision, count, "
    + "index_file, index_change, pending_file, pending_change"

  private init(row: Row) throws {
    id = try row.integer(0)
    name = try row.text(1)
    space = try row.optionalText(2).map { try Self.decode(EmbeddingSpace.self, $0, "space") }
    embedderName = try row.optionalText(3)
    declaredFields = try Self.decode([String].self, row.text(4), "fields").map { Field($0) }
    hasKeywords = try row.integer(5) != 0
    index = try Self.decode(IndexSpecification.self, row.text(6), "index_specification")
    change = try row.integer(7)
    revision = try row.integer(8)
    count = Int(clamping: try row.integer(9))
    indexFile = try row.optionalBlob(10)
    indexChange = try row.optionalInteger(11) ?? 0
    pendingFile = try row.optionalBlob(12)
    pendingChange = try row.optionalInteger(13) ?? 0
    try check()
  }

  /// What a doctored database could say and the engine would refuse.
  private func check() throws {
    do {
      if let space { try LocalStoreOpener.check(space) }
      _ = try Self.checked(index)
    } catch let error as VectorStoreError {
      throw VectorStoreError(
        .corrupt, "the record of the collection '\(name)' is damaged (\(error.message)); restore a backup")
    }
    guard (0...IndexClock.lastChange).contains(change), (0...change).contains(indexChange),
      (0...change).contains(pendingChange), count >= 0, count < 1 << 48, revision >= 0, revision < 1 << 48
    else {
      throw VectorStoreError(
        .corrupt, "the record of the collection '\(name)' has impossible counters; restore a backup")
    }
  }

  private static func decode<Value: Decodable>(_: Value.Type, _ text: String, _ column: String) throws -> Value {
    do {
      return try JSONValue(parsing: text).decode(Value.self)
    } catch let error as VectorStoreError {
      throw VectorStoreError(
        .corrupt, "a collection's record is damaged: \(column) cannot be read (\(error.message)); restore a backup",
        context: [.tableColumn: column])
    }
  }

  static func fetch(_ db: Database, id: Int64) throws -> CollectionRecord {
    guard let row = try Row.fetchOne(db, sql: "SELECT \(columns) FROM collections WHERE id = ?", arguments: [id]) else {
      throw VectorStoreError(.notFound, "the collection has been dropped")
    }
    return try CollectionRecord(row: row)
  }

  static func fetch(_ db: Database, name: String) throws -> CollectionRecord? {
    try Row.fetchOne(db, sql: "SELECT \(columns) FROM collections WHERE name = ?", arguments: [name])
      .map { try CollectionRecord(row: $0) }
  }

  /// Makes a collection.
  static func create(_ db: Database, options: OpenOptions) throws -> CollectionRecord {
    try db.execute(
      sql: """
        INSERT INTO collections (name, space, embedder, fields, keywords, index_specification)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        options.table, try options.space.map(text), options.embedderName, try text(of: options.declaredFields),
        options.keywords, try text(checked(options.index)),
      ])
    let id = db.lastInsertedRowID
    try Schema.createCollection(db, id: id, keywords: options.keywords)
    return try fetch(db, id: id)
  }

  /// Writes what may change of the record, and counts its revision up.
  func update(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE collections SET space = ?, embedder = ?, fields = ?, index_specification = ?, revision = revision + 1
        WHERE id = ?
        """,
      arguments: [
        try space.map(Self.text), embedderName, try Self.text(of: declaredFields), try Self.text(index), id,
      ])
  }

  private static func text(_ value: some Encodable) throws -> String { try JSONValue(encoding: value).serialized() }

  private static func text(of fields: [Field]) throws -> String {
    try JSONValue.array(fields.map { .string($0.description) }).serialized()
  }

  /// Refuses an index that this backend does not have.
  static func checked(_ index: IndexSpecification) throws -> IndexSpecification {
    guard index.kind != .ivfflat else {
      throw VectorStoreError(.unsupported, "the embedded store has hnsw and exact; ivfflat is PostgreSQL's")
    }
    guard index.precision ?? .full == .full else {
      throw VectorStoreError(
        .unsupported,
        "the embedded store's index holds vectors whole; \(index.precision?.rawValue ?? "") is PostgreSQL's")
    }
    if index.kind == .hnsw {
      guard (2...128).contains(index.m ?? 16), (4...4096).contains(index.efConstruction ?? 64) else {
        throw VectorStoreError(.invalidArgument, "m must be 2 to 128 and efConstruction 4 to 4096")
      }
    }
    return index
  }
}

extension CollectionRecord {
  /// The index that the vectors are to have; nil where searches are exact by wish, and while no space is known.
  var configuration: HNSWConfiguration? {
    guard index.kind == .hnsw, let space else { return nil }
    return HNSWConfiguration(
      dimension: space.dimension, metric: space.metric, m: index.m ?? 16, efConstruction: index.efConstruction ?? 64)
  }
}
