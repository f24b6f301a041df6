// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// Checks a collection: the database by SQLite's own check, what its tables say of each other, the index against the rows.
struct Verification {
  let collection: Collection
  let moment: Moment
  let db: Database

  func run(progress: StoreProgress.Handler?) throws -> VerificationReport {
    var checks: [VerificationReport.Check] = []
    let steps: [(String, () throws -> String?)] = [
      ("database pages and indexes", integrity), ("documents and their number", documents),
      ("vectors of the documents", vectors), ("metadata", metadata), ("keyword index", keywords),
      ("sync ledger", ledger),
      ("index file checksums", checksums), ("index structure", structure), ("index against documents", labels),
      ("index against stored vectors", values),
    ]
    for (number, (name, check)) in steps.enumerated() {
      progress?(StoreProgress(phase: .checking, done: number, total: steps.count))
      do {
        checks.append(.init(name, problem: try check()))
      } catch let error as VectorIndexError {
        checks.append(.init(name, problem: "\(error.message); 'index rebuild' mends it"))
      } catch let error as DatabaseError {
        checks.append(.init(name, problem: "\(StoreErrors.translated(error, collection.file.paths).message)"))
      } catch let error as VectorStoreError {
        checks.append(.init(name, problem: error.message))
      }
    }
    progress?(StoreProgress(phase: .checking, done: steps.count, total: steps.count))
    return VerificationReport(checks: checks)
  }

  private var tables: CollectionTables { collection.tables }

  private func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }

  private func integrity() throws -> String? {
    let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(10)")
    return lines == ["ok"] ? nil : "\(lines.joined(separator: "; ")). Restore a backup, or export what is readable"
  }

  private func documents() throws -> String? {
    let rows = try count("SELECT count(*) FROM \(tables.documents)")
    return rows == moment.record.count
      ? nil : "there are \(rows) rows, but the collection counts \(moment.record.count)"
  }

  private func vectors() throws -> String? {
    let without = try count(
      "SELECT count(*) FROM \(tables.documents) WHERE key NOT IN (SELECT key FROM \(tables.vectors))")
    let orphans = try count(
      "SELECT count(*) FROM \(tables.vectors) WHERE key NOT IN (SELECT key FROM \(tables.documents))")
    let bytes = (moment.record.space?.dimension ?? 0) * 4
    let odd = try count("SELECT count(*) FROM \(tables.vectors) WHERE length(embedding) <> \(bytes)")
    guard without + orphans + odd > 0 else { return nil }
    return
      "\(without) documents have no vector, \(orphans) vectors no document, \(odd) vectors another length than \(bytes) bytes"
  }

  private func metadata() throws -> String? {
    let bad = try count("SELECT count(*) FROM \(tables.documents) WHERE NOT json_valid(metadata)")
    return bad == 0 ? nil : "\(bad) documents have metadata that is no JSON"
  }

  private func keywords() throws -> String? {
    guard moment.record.hasKeywords else { return nil }
    let missing = try count(
      "SELECT count(*) FROM \(tables.documents) WHERE key NOT IN (SELECT id FROM \(tables.keywords)_docsize)")
    let orphans = try count(
      "SELECT count(*) FROM \(tables.keywords)_docsize WHERE id NOT IN (SELECT key FROM \(tables.documents))")
    return missing + orphans == 0 ? nil : "\(missing) documents are not in it, \(orphans) entries have no document"
  }

  private func ledger() throws -> String? {
    let orphans = try count(
      "SELECT count(*) FROM \(tables.ledger) WHERE id NOT IN (SELECT id FROM \(tables.documents))")
    return orphans == 0 ? nil : "\(orphans) entries have no document; the next sync writes them anew"
  }

  private func checksums() throws -> String? {
    guard let loaded = moment.index?.loaded else { return try fileProblem() }
    try loaded.index.verify()
    return nil
  }

  /// What is wrong with a file that could not be loaded. One that is not there is no damage: it is a cache.
  private func fileProblem() throws -> String? {
    let path = collection.keeper.path
    guard moment.record.configuration != nil, !collection.file.isTemporary else { return nil }
    // As it is now: another process may have saved since this moment.
    let record = try collection.file.readers.read { db in try CollectionRecord.fetch(db, id: collection.id) }
    let known = [record.indexFile, record.pendingFile].compactMap { $0 }
    guard !known.isEmpty, let fingerprint = IndexFingerprint.of(path) else { return nil }
    guard known.contains(fingerprint) else {
      return "the file is damaged or of another store, and is not used; 'index rebuild' mends it"
    }
    try HNSWIndex.open(path: path).verify()
    return nil
  }

  private func structure() throws -> String? {
    try moment.index?.loaded.index.checkInvariants()
    return nil
  }

  /// SQLite keeps no checksums of its pages: a bit of a vector that has changed on the disk shows in the comparison only.
  private func values() throws -> String? {
    guard let index = moment.index?.loaded.index else { return nil }
    let dimension = index.configuration.dimension
    var different = 0
    let rows = try db.cachedStatement(sql: "SELECT key, embedding FROM \(tables.vectors) ORDER BY key")
    try rows.forEachRow { row in
      // A later change may have taken a vector out of the index; none gives a key another vector.
      guard let indexed = try index.vector(label: UInt64(bitPattern: try row.integer(0))) else { return true }
      let stored = try VectorBlob.vector(row.bytes(1), dimension: dimension)
      if !zip(stored, indexed).allSatisfy({ $0.bitPattern == $1.bitPattern }) { different += 1 }
      return true
    }
    guard different > 0 else { return nil }
    return
      "\(different) stored vectors are not those of the index: one of the two is damaged. Restore a backup, or write them again"
  }

  private func labels() throws -> String? {
    if let failure = collection.keeper.failure { return failure.message }
    guard let view = moment.index?.view else { return nil }
    var keys: [Int64] = []
    for slot in 0..<view.slotCount {
      if let label = try view.label(slot: slot) { keys.append(Int64(bitPattern: label)) }
    }
    keys.sort()
    let rows = try Int64.fetchAll(db, sql: "SELECT key FROM \(tables.vectors) ORDER BY key")
    guard keys != rows else { return nil }
    let inIndex = Set(keys)
    let inRows = Set(rows)
    return
      "\(inRows.subtracting(inIndex).count) vectors are missing in the index, \(inIndex.subtracting(inRows).count) "
      + "are in it without a document; 'index rebuild' mends it"
  }
}
