// SPDX-License-Identifier: Apache-2.0

import Logging
public import VectorStoreCore

extension PostgresBackend {
  public func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult {
    var state = try current(forWriting: true)
    guard !batch.isEmpty else { return WriteResult() }
    if state.record?.space == nil, !batch.upserts.isEmpty, state.layout.columnDimension == nil {
      _ = try await recordedSpace()
      state = try current(forWriting: true)
    }
    try BatchChecker(space: state.record?.space?.space ?? options.space, columnDimension: state.layout.columnDimension)
      .check(batch)
    if state.record == nil, let space = options.space, !space.model.isEmpty, !batch.upserts.isEmpty {
      // An adopted table that is written to with a known embedder remembers it from here on.
      try await record(RecordedSpace(space, embedderName: options.embedderName))
      state = try current(forWriting: true)
    }
    try await makePartitions(batch, state)
    let result = try await write(batch, state, progress)
    await noteWritten(result.added + result.updated + result.deleted)
    return result
  }

  private func write(
    _ batch: WriteBatch, _ state: State, _ progress: StoreProgress.Handler?
  ) async throws -> WriteResult {
    let scope = scope(state)
    let writing = BatchWriting(
      layout: state.layout, writer: RowWriter(layout: state.layout, scope: scope, vectorExtension: vectorExtension),
      ledger: LedgerTable(companion: CompanionTables(state.layout.name), layout: state.layout),
      translate: { [self] in try condition($0, state) }, progress: progress)
    if writing.isSingleStatement(batch) {
      do {
        return try await engine.withConnection { try await writing.run(batch, $0) }
      } catch let error as VectorStoreError where error.context[.sqlState] == "40P01" {
        // A deadlock with another program's write: what follows makes it again.
      }
    }
    return try await engine.transaction(retries: 10) { try await writing.run(batch, $0) }
  }

  private func makePartitions(_ batch: WriteBatch, _ state: State) async throws {
    guard state.layout.isListPartitioned, let column = state.layout.partitionColumn,
      let member = state.layout.members.first(where: { $0.column == column })
    else { return }
    let metadata = batch.upserts.map(\.metadata) + batch.metadataChanges.map(\.metadata)
    var values: Set<String> = []
    for object in metadata {
      guard let value = object[member.name], !value.isNull, let text = try MemberValue.text(value, for: member) else {
        continue
      }
      values.insert(text)
    }
    values.subtract(state.partitions)
    guard !values.isEmpty else { return }
    try await TablePartitions(layout: state.layout).create(for: values.sorted(), engine: engine)
    update { $0.partitions.formUnion(values) }
  }

  /// After many changes the planner's statistics are brought up to date.
  private func noteWritten(_ rows: Int) async {
    var isDue = false
    update { state in
      state.writtenRows += rows
      isDue = state.writtenRows >= 10_000
      if isDue { state.writtenRows = 0 }
    }
    guard isDue, let name = try? current().layout.name else { return }
    do {
      // One that waited for an index that is built concurrently would be waited for by it: a deadlock.
      let sql: SQLText = "ANALYZE (SKIP_LOCKED) \(name.sql)"
      _ = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    } catch {
      // The rows are written; a later ANALYZE, or autovacuum's, does as well.
      options.logger.debug("ANALYZE \(name.display): \(error)")
    }
  }
}
