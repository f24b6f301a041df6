// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Makes the changes of a batch within one transaction.
struct BatchWriting: Sendable {
  /// Rows of one statement; fewer where their vectors take more than ``chunkBytes``.
  private static let chunkRows = 2_000
  private static let chunkBytes = 8 << 20

  let layout: TableLayout
  let writer: RowWriter
  let ledger: LedgerTable
  let translate: @Sendable (Filter) throws -> SQLText?
  let progress: StoreProgress.Handler?

  /// Whether the batch is one statement, which needs no transaction around it.
  func isSingleStatement(_ batch: WriteBatch) -> Bool {
    batch.deletedIDs.isEmpty && batch.deletedFilter == nil && batch.metadataChanges.isEmpty && batch.ledger.isEmpty
      && batch.upserts.count <= chunkRows(batch.upserts) && layout.partitionColumn == nil
  }

  /// - Throws: what the server refuses; nothing is written then.
  func run(_ batch: WriteBatch, _ connection: PGConnection) async throws -> WriteResult {
    var result = WriteResult()
    let hasLedger = try await prepareLedger(batch, connection)
    if !batch.deletedIDs.isEmpty || batch.deletedFilter != nil || !batch.metadataChanges.isEmpty {
      _ = try await connection.execute(writer.turn.statement())
    }
    var deleted: [String] = []
    if !batch.deletedIDs.isEmpty { deleted += try await delete(writer.delete(ids: batch.deletedIDs), connection) }
    if let filter = batch.deletedFilter {
      deleted += try await delete(writer.delete(matching: try translate(filter)), connection)
    }
    result.deleted = deleted.count
    if hasLedger, !deleted.isEmpty { _ = try await connection.execute(ledger.delete(ids: deleted).statement()) }
    try await upsert(batch.upserts, connection, &result)
    if !batch.metadataChanges.isEmpty { try await change(batch.metadataChanges, connection, &result) }
    if !batch.ledger.isEmpty { _ = try await connection.execute(ledger.upsert(batch.ledger).statement()) }
    return result
  }

  private func prepareLedger(_ batch: WriteBatch, _ connection: PGConnection) async throws -> Bool {
    if !batch.ledger.isEmpty {
      try await ledger.companion.create(connection)
      return true
    }
    guard !batch.deletedIDs.isEmpty || batch.deletedFilter != nil else { return false }
    return try await ledger.companion.arePresent(connection)
  }

  private func delete(_ sql: SQLText, _ connection: PGConnection) async throws -> [String] {
    let result = try await connection.execute(sql.statement())
    return (0..<result.rowCount).compactMap { result.text($0, 0) }
  }

  // MARK: Upserts

  /// Rows in the order of their ids, so that two writers never wait for each other in a circle; of rows with one id the last.
  private func upsert(_ records: [Record], _ connection: PGConnection, _ result: inout WriteResult) async throws {
    guard !records.isEmpty else { return }
    let coding = IDCoding(layout)
    var last: [ByteKey: Int] = [:]
    var ids: [String] = []
    ids.reserveCapacity(records.count)
    for (row, record) in records.enumerated() {
      let id = try Self.inRow(row, record.id) { try coding.required(record.id) }
      ids.append(id)
      last[ByteKey(id)] = row
    }
    let rows = last.values.sorted { ByteOrder.precedes(ids[$0], ids[$1]) }
    let size = chunkRows(records)
    let chunks = stride(from: 0, to: rows.count, by: size).map { Array(rows[$0..<min($0 + size, rows.count)]) }
    let canonical = ids
    func prepare(_ chunk: [Int]) -> Task<Chunk, any Error> {
      Task { [self] in try self.prepare(chunk, canonical, records) }
    }
    // While the server writes a chunk, the next is put together.
    var next = chunks.first.map(prepare)
    var done = 0
    for place in chunks.indices {
      guard let chunk = try await next?.value else { return }
      try Task.checkCancellation()
      next = place + 1 < chunks.count ? prepare(chunks[place + 1]) : nil
      let (added, total) = try await upsert(chunk, connection)
      result.added += added
      result.updated += total - added
      done += chunk.ids.count
      progress?(StoreProgress(phase: .writing, done: done, total: rows.count))
    }
  }

  /// The statements that write some rows.
  private struct Chunk: Sendable {
    let ids: [String]
    let upsert: PGStatement
    let strays: PGStatement?
  }

  private func prepare(_ rows: [Int], _ ids: [String], _ records: [Record]) throws -> Chunk {
    var batch = RowBatch(layout: layout)
    for row in rows {
      let record = records[row]
      try Self.inRow(row, record.id) {
        try batch.append(
          id: ids[row], content: record.content, metadata: record.metadata, vector: record.vector)
      }
    }
    do {
      return Chunk(
        ids: batch.ids, upsert: try writer.upsert(batch).statement(), strays: writer.strays(batch)?.statement())
    } catch let error as VectorStoreError {
      // A vector's place in the chunk is not its place in the call.
      guard let place = error.context[.row].flatMap({ Int($0) }), rows.indices.contains(place) else { throw error }
      throw VectorStoreError(
        error.code, error.message,
        context: error.context.merging([.row: String(rows[place]), .id: ids[rows[place]]]) { $1 })
    }
  }

  /// How many rows were new, of how many.
  private func upsert(_ chunk: Chunk, _ connection: PGConnection) async throws -> (added: Int, total: Int) {
    guard let strays = chunk.strays else {
      let counts = try await connection.execute(chunk.upsert)
      return (counts.int(0, 0) ?? 0, counts.int(0, 1) ?? 0)
    }
    // What a table of partitions does not tell by itself is counted before.
    let results = try await connection.pipeline([
      writer.present(ids: chunk.ids).statement(), strays, chunk.upsert,
    ])
    guard results.count == 3 else { return (0, 0) }
    let total = results[2].int(0, 1) ?? 0
    return (total - (results[0].int(0, 0) ?? 0), total)
  }

  private func chunkRows(_ records: [Record]) -> Int {
    let bytes = max(64, (records.first?.vector.count ?? 0) * 4)
    return max(1, min(Self.chunkRows, Self.chunkBytes / bytes))
  }

  private static func inRow<Value>(_ row: Int, _ id: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as VectorStoreError {
      throw error.adding([.row: String(row), .id: id.utf8.contains(0) ? "" : id])
    }
  }

  // MARK: Metadata

  private func change(
    _ changes: [WriteBatch.MetadataChange], _ connection: PGConnection, _ result: inout WriteResult
  ) async throws {
    let coding = IDCoding(layout)
    let selection = RowSelection(layout, includesVectors: false)
    let ids = changes.map { coding.canonical($0.id) }
    let found = try await connection.execute(writer.lockedRows(ids: ids.compactMap { $0 }, selection).statement())
    var metadata: [ByteKey: JSONObject] = [:]
    for row in 0..<found.rowCount {
      let record = try selection.record(found, row: row)
      metadata[ByteKey(record.id)] = record.metadata
    }
    var changed: Set<ByteKey> = []
    for (change, id) in zip(changes, ids) {
      guard let id, let present = metadata[ByteKey(id)] else {
        result.missingIDs.append(change.id)
        continue
      }
      metadata[ByteKey(id)] = change.applied(to: present)
      changed.insert(ByteKey(id))
    }
    var batch = RowBatch(layout: layout)
    for key in changed.sorted(by: { ByteOrder.precedes($0.text, $1.text) }) {
      try Self.inRow(0, key.text) { try batch.append(id: key.text, metadata: metadata[key] ?? [:]) }
    }
    guard !changed.isEmpty else { return }
    _ = try await connection.execute(writer.updateMetadata(batch).statement())
    result.updated += changed.count
  }
}

extension WriteBatch.MetadataChange {
  /// The metadata after the change.
  fileprivate func applied(to present: JSONObject) -> JSONObject {
    guard merges else { return metadata }
    var result = present
    for (key, value) in metadata { result[key] = value.isNull ? nil : value }
    return result
  }
}
