// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Makes the changes of a batch in a transaction, and notes what they mean for the index.
struct RowWriter {
  let db: Database
  let tables: CollectionTables
  let hasKeywords: Bool
  /// The change that is being made.
  let change: Int64
  /// Whether there is an index that the log of changes is for.
  let isLogged: Bool

  private(set) var result = WriteResult()
  /// The vectors that are new, by key.
  private(set) var addedKeys: [Int64] = []
  private(set) var addedVectors: [Float] = []
  private(set) var removedKeys: [Int64] = []
  private(set) var touchedKeys: [Int64] = []
  /// Documents more than before.
  private(set) var growth = 0
  /// Whether the vectors of ``addedKeys`` are wanted.
  let collectsVectors: Bool

  init(
    db: Database, tables: CollectionTables, hasKeywords: Bool, change: Int64, isLogged: Bool, collectsVectors: Bool
  ) {
    self.db = db
    self.tables = tables
    self.hasKeywords = hasKeywords
    self.change = change
    self.isLogged = isLogged
    self.collectsVectors = collectsVectors
  }

  // MARK: Deleting

  mutating func delete(ids: [String]) throws {
    let statement = try db.cachedStatement(sql: "SELECT key, content FROM \(tables.documents) WHERE id = ?")
    for id in ids {
      guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
      try delete(key: row.integer(0), id: id, content: row.text(1))
    }
  }

  mutating func delete(matching filter: Filter) throws {
    let rowFilter = RowFilter(filter)
    var found: [Int64] = []
    let rows = try db.cachedStatement(sql: "SELECT key, \(rowFilter.columns.rawValue) FROM \(tables.documents)")
    try rows.forEachRow { row in
      if try rowFilter.matches(row, at: 1) { found.append(try row.integer(0)) }
      return true
    }
    let statement = try db.cachedStatement(sql: "SELECT id, content FROM \(tables.documents) WHERE key = ?")
    for key in found {
      guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
      try delete(key: key, id: row.text(0), content: row.text(1))
    }
  }

  private mutating func delete(key: Int64, id: String, content: String) throws {
    try removeRow(key: key, content: content)
    try run("DELETE FROM \(tables.ledger) WHERE id = ?", [id])
    result.deleted += 1
    growth -= 1
  }

  private mutating func removeRow(key: Int64, content: String) throws {
    try removeKeywords(key: key, content: content)
    try run("DELETE FROM \(tables.documents) WHERE key = ?", [key])
    try run("DELETE FROM \(tables.vectors) WHERE key = ?", [key])
    try log(key, .removed)
    removedKeys.append(key)
  }

  // MARK: Upserting

  mutating func upsert(_ record: Record) throws {
    let metadata = try BatchChecker.text(of: record.metadata, id: record.id)
    let statement = try db.cachedStatement(
      sql: "SELECT key, content, metadata FROM \(tables.documents) WHERE id = ?")
    let vector = VectorBlob.data(record.vector)
    guard let row = try Row.fetchOne(statement, arguments: [record.id]) else {
      try insert(record, metadata: metadata, vector: vector.databaseValue)
      result.added += 1
      growth += 1
      return
    }
    result.updated += 1
    let key = try row.integer(0)
    let content = try row.text(1)
    let isSameVector =
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT embedding = ? FROM \(tables.vectors) WHERE key = ?"), arguments: [vector, key])
      ?? false
    guard isSameVector else {
      try removeRow(key: key, content: content)
      try insert(record, metadata: metadata, vector: vector.databaseValue)
      return
    }
    let isSameContent = content.utf8.elementsEqual(record.content.utf8)
    if isSameContent, try row.text(2).utf8.elementsEqual(metadata.utf8) { return }
    if !isSameContent { try removeKeywords(key: key, content: content) }
    try run(
      "UPDATE \(tables.documents) SET metadata = ?, content = ? WHERE key = ?", [metadata, record.content, key])
    if !isSameContent { try addKeywords(key: key, content: record.content) }
    try touch(key)
  }

  private mutating func insert(_ record: Record, metadata: String, vector: DatabaseValue) throws {
    try run(
      "INSERT INTO \(tables.documents) (id, metadata, content) VALUES (?, ?, ?)", [record.id, metadata, record.content])
    let key = db.lastInsertedRowID
    try run("INSERT INTO \(tables.vectors) (key, embedding) VALUES (?, ?)", [key, vector])
    try addKeywords(key: key, content: record.content)
    try log(key, .added)
    addedKeys.append(key)
    if collectsVectors { addedVectors += record.vector }
  }

  // MARK: Metadata and ledger

  mutating func change(_ change: WriteBatch.MetadataChange) throws {
    let statement = try db.cachedStatement(sql: "SELECT key, metadata FROM \(tables.documents) WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [change.id]) else {
      result.missingIDs.append(change.id)
      return
    }
    var metadata = change.metadata
    if change.merges {
      metadata = try StoredMetadata.object(parsing: Array(row.text(1).utf8), id: change.id)
      for (key, value) in change.metadata { metadata[key] = value.isNull ? nil : value }
    }
    let key = try row.integer(0)
    try run(
      "UPDATE \(tables.documents) SET metadata = ? WHERE key = ?",
      [try BatchChecker.text(of: metadata, id: change.id), key])
    try touch(key)
    result.updated += 1
  }

  func note(_ entry: LedgerEntry) throws {
    try run(
      """
      INSERT INTO \(tables.ledger) (id, source, hash, text_hash) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET source = excluded.source, hash = excluded.hash, text_hash = excluded.text_hash
      """, [entry.id, entry.source, entry.hash, entry.textHash])
  }

  /// Notes the change in the collection's record.
  func finish() throws {
    try run(
      "UPDATE collections SET change_number = ?, count = count + ? WHERE id = \(tables.id)", [change, growth])
  }

  // MARK: Parts

  private func addKeywords(key: Int64, content: String) throws {
    guard hasKeywords else { return }
    try run(
      "INSERT INTO \(tables.keywords) (rowid, words) VALUES (?, ?)", [key, KeywordText.indexed(content)])
  }

  private func removeKeywords(key: Int64, content: String) throws {
    guard hasKeywords else { return }
    try run(
      "INSERT INTO \(tables.keywords) (\(tables.keywords), rowid, words) VALUES ('delete', ?, ?)",
      [key, KeywordText.indexed(content)])
  }

  private mutating func touch(_ key: Int64) throws {
    try log(key, .touched)
    touchedKeys.append(key)
  }

  private func log(_ key: Int64, _ kind: ChangeKind) throws {
    guard isLogged else { return }
    try run(
      "INSERT OR IGNORE INTO \(tables.changes) (change, key, kind) VALUES (?, ?, ?)", [change, key, kind.rawValue])
  }

  private func run(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
