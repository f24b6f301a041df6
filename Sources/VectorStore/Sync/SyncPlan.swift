// SPDX-License-Identifier: Apache-2.0

/// What a group's transaction will do.
struct SyncPlan {
  /// Documents to write with their texts.
  private(set) var rewritten: [SyncDocument] = []
  /// Everything but these documents' records.
  private(set) var batch = WriteBatch()
  private(set) var added = 0
  private(set) var updated = 0
  private(set) var skipped = 0
  private(set) var deleted = 0

  /// Decides what to do with a document.
  ///
  /// - Parameters:
  ///   - known: what the ledger has of it.
  ///   - stored: what the store has of it.
  mutating func take(_ document: SyncDocument, known: LedgerEntry?, stored: Record?) {
    guard let stored, ByteOrder.equal(stored.content, document.content) else {
      if stored == nil { added += 1 } else { updated += 1 }
      rewritten.append(document)
      batch.ledger.append(document.entry)
      return
    }
    // What the ledger does not know was added by hand; then the store tells.
    if known.map({ $0.hash == document.entry.hash }) ?? (stored.metadata == document.metadata) {
      skipped += 1
      let isRecorded = known.map { ByteOrder.equal($0.source, document.entry.source) } ?? false
      if !isRecorded { batch.ledger.append(document.entry) }
    } else {
      updated += 1
      batch.metadataChanges.append(.init(id: document.id, metadata: document.metadata, merges: false))
      batch.ledger.append(document.entry)
    }
  }

  /// Deletes a document that its source no longer has.
  mutating func delete(_ id: String, isStored: Bool) {
    batch.deletedIDs.append(id)
    if isStored { deleted += 1 }
  }

  /// Adds to a report what the plan does.
  func count(in report: inout SyncReport) {
    report.added += added
    report.updated += updated
    report.skipped += skipped
    report.deleted += deleted
  }
}
