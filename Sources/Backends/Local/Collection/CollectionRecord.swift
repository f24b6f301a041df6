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

  init(row: Row) throws {
    id = row["id"]
    name = row["name"]
    embedderName = row["embedder"]
    hasKeywords = row["keywords"]
    change = row["change_number"]
    revision = row["revision"]
    count = row["count"]
    indexFile = row.bytes("index_file")
    indexChange = row["index_change"] ?? 0
    pendingFile = row.bytes("pending_file")
    pendingChange = row["pending_change"] ?? 0
    space = try (row["space"] as String?).map { try JSONValue(parsing: $0).decode(EmbeddingSpace.self) }
    index = try JSONValue(parsing: row["index_specification"] as String).decode(IndexSpecification.self)
    declaredFields = try JSONValue(parsing: row["fields"] as String).decode([String].self).map { Field($0) }
  }

  static func fetch(_ db: Database, id: Int64) throws -> CollectionRecord {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM collections WHERE id = ?", arguments: [id]) else {
      throw VectorStoreError(.notFound, "the collection has been dropped")
    }
    return try CollectionRecord(row: row)
  }

  static func fetch(_ db: Database, name: String) throws -> CollectionRecord? {
    try Row.fetchOne(db, sql: "SELECT * FROM collections WHERE name = ?", arguments: [name])
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
