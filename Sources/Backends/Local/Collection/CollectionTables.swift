// SPDX-License-Identifier: Apache-2.0

/// The SQL of a collection. Its tables are named by the collection's number, so that no name from outside is in it.
struct CollectionTables: Sendable {
  let id: Int64
  let documents: String
  let vectors: String
  let changes: String
  let ledger: String
  let keywords: String
  let selectPosition = "SELECT change_number, revision FROM collections WHERE id = ?"
  let selectDocument: String
  let selectVector: String

  init(id: Int64) {
    self.id = id
    documents = "documents_\(id)"
    vectors = "vectors_\(id)"
    changes = "changes_\(id)"
    ledger = "ledger_\(id)"
    keywords = "keywords_\(id)"
    selectDocument = "SELECT id, metadata, content FROM documents_\(id) WHERE key = ?"
    selectVector = "SELECT embedding FROM vectors_\(id) WHERE key = ?"
  }
}
