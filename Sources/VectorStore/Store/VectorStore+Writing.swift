// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Makes the changes of a batch in one transaction: all, or none where one is refused.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidRow`` and ``VectorStoreError/Code/dimensionMismatch`` with the row (the
  ///   place in the batch's list) in the context, before anything is written.
  @discardableResult
  public func write(_ batch: WriteBatch, progress: StoreProgress.Handler? = nil) async throws -> WriteResult {
    guard !batch.isEmpty else { return WriteResult() }
    for (row, record) in batch.upserts.enumerated() {
      try RowChecks.row(row, id: record.id) {
        try RowChecks.check(id: record.id, content: record.content, metadata: record.metadata)
      }
    }
    for (row, change) in batch.metadataChanges.enumerated() {
      try RowChecks.row(row, id: change.id) {
        try RowChecks.check(id: change.id)
        try RowChecks.check(metadata: change.metadata)
      }
    }
    for (row, entry) in batch.ledger.enumerated() {
      try RowChecks.row(row, id: entry.id) {
        try RowChecks.check(id: entry.id)
        try RowChecks.check(source: entry.source)
      }
    }
    if let first = batch.upserts.first {
      try await checkAndRecord(
        batch.upserts.lazy.map { $0.vector }, ids: batch.upserts.map { $0.id }, first: first.vector)
    }
    try Task.checkCancellation()
    return try await backend.write(batch, progress: progress)
  }

  /// Changes the metadata of a document; text and vector stay as they are, nothing is embedded.
  ///
  /// - Parameters:
  ///   - metadata: the new metadata, or what is laid over the present one.
  ///   - merges: keeps members that are not named; a null then removes its member.
  /// - Throws: ``VectorStoreError/Code/notFound`` where there is no such document.
  public func updateMetadata(id: String, _ metadata: JSONObject, merges: Bool = true) async throws {
    try await updateMetadata([WriteBatch.MetadataChange(id: id, metadata: metadata, merges: merges)])
  }

  /// Changes the metadata of documents; texts and vectors stay as they are, nothing is embedded.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` with the ids where documents are missing. Nothing is changed then, unless
  ///   they were deleted by someone else while this call ran.
  public func updateMetadata(_ changes: [WriteBatch.MetadataChange]) async throws {
    guard !changes.isEmpty else { return }
    if changes.count > 1 {
      let stored = try await backend.get(ids: changes.map { $0.id }, includingVectors: false)
      let known = Set(stored.map { ByteKey($0.id) })
      try Self.checkFound(missing: changes.map { $0.id }.filter { !known.contains(ByteKey($0)) })
    }
    var batch = WriteBatch()
    batch.metadataChanges = changes
    try Self.checkFound(missing: try await write(batch).missingIDs)
  }

  private static func checkFound(missing ids: [String]) throws {
    guard let first = ids.first else { return }
    let others = ids.count > 1 ? " and \(ids.count - 1) more" : ""
    throw VectorStoreError(.notFound, "there is no document '\(first)'\(others)", context: [.id: first])
  }
}
