// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

/// The database's tables; ARCHITECTURE.md describes them.
enum Schema {
  /// Tells a store's database from others: "VeST".
  static let applicationID: Int32 = 0x5665_5354
  /// The version of the schema that this code reads and writes.
  static let version = 1

  /// Whether the database is a store; false for an empty database.
  ///
  /// - Throws: ``VectorStoreError/Code/schemaMismatch`` for the database of another program or of a newer version.
  static func isPresent(_ db: Database, path: String) throws -> Bool {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard application == applicationID else {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard tables == 0, application == 0 else {
        throw VectorStoreError(
          .schemaMismatch, "\(path) is an SQLite database of another program; a store needs a file of its own")
      }
      return false
    }
    guard version <= Self.version else {
      throw VectorStoreError(
        .schemaMismatch,
        "\(path) was made by a newer version of this software (schema \(version), this one knows \(Self.version)); update it"
      )
    }
    return version > 0
  }

  /// Makes the tables that all collections share.
  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE collections (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE,
          space TEXT,
          embedder TEXT,
          fields TEXT NOT NULL,
          keywords INTEGER NOT NULL,
          index_specification TEXT NOT NULL,
          change_number INTEGER NOT NULL DEFAULT 0,
          revision INTEGER NOT NULL DEFAULT 1,
          count INTEGER NOT NULL DEFAULT 0,
          index_file BLOB,
          index_change INTEGER,
          pending_file BLOB,
          pending_change INTEGER
        ) STRICT;
        """)
  }

  /// Makes the tables of one collection.
  static func createCollection(_ db: Database, id: Int64, keywords: Bool) throws {
    try db.execute(
      sql: """
        CREATE TABLE documents_\(id) (
          key INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL UNIQUE,
          metadata TEXT NOT NULL,
          content TEXT NOT NULL
        ) STRICT;
        CREATE TABLE vectors_\(id) (key INTEGER PRIMARY KEY, embedding BLOB NOT NULL) STRICT;
        CREATE TABLE changes_\(id) (
          change INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (change, key, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE ledger_\(id) (
          id TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL, hash TEXT NOT NULL, text_hash TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_\(id)_source ON ledger_\(id) (source);
        """)
    guard keywords else { return }
    try db.execute(
      sql: """
        CREATE VIRTUAL TABLE keywords_\(id) USING fts5 (
          words, content = '', tokenize = "unicode61 remove_diacritics 2"
        );
        """)
  }
}
