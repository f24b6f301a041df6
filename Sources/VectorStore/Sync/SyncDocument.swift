// SPDX-License-Identifier: Apache-2.0

/// A document of a source with its id and hashes.
struct SyncDocument {
  let id: String
  let content: String
  let metadata: JSONObject
  let entry: LedgerEntry

  /// The documents of a source, checked; those without an id get one of this form.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidRow`` with the document's place in the context.
  static func documents(of source: SourceDocuments, idForm: IDForm) throws -> [SyncDocument] {
    var seen: Set<ByteKey> = []
    try RowChecks.check(source: source.source)
    return try source.documents.enumerated().map { row, document in
      let id = document.id ?? idForm.derived(source: source.source, place: row)
      try RowChecks.row(row, id: id) {
        try RowChecks.check(id: id, content: document.content, metadata: document.metadata)
        guard seen.insert(ByteKey(id)).inserted else {
          throw VectorStoreError(.invalidRow, "two documents have the id '\(id)'")
        }
      }
      let entry = LedgerEntry(
        source: source.source, id: id, hash: try ContentHash.hex(of: document),
        textHash: ContentHash.hex(of: document.content))
      return SyncDocument(id: id, content: document.content, metadata: document.metadata, entry: entry)
    }
  }
}
