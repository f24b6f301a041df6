// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Adds documents from lines of JSON, as ``export(filter:includingVectors:pageSize:)`` makes them; those whose ids
  /// are in the store are replaced.
  ///
  /// Each batch is one transaction. A line without `embedding` is embedded, one without `id` gets a random UUID, empty
  /// lines are passed over. Where a line is wrong, all before it are in the store and none after it; importing everything
  /// again after mending it does no harm.
  ///
  /// - Parameters:
  ///   - lines: the lines, with or without their ends.
  ///   - batchSize: lines in a transaction.
  ///   - progress: hears of ``StoreProgress/Phase/writing`` after each batch: so many documents are in the store.
  /// - Throws: ``VectorStoreError`` with the ``VectorStoreError/ContextKey/line`` of the input and how many rows were
  ///   ``VectorStoreError/ContextKey/imported`` in the context: ``VectorStoreError/Code/invalidJSON``,
  ///   ``VectorStoreError/Code/invalidRow``, ``VectorStoreError/Code/dimensionMismatch``,
  ///   ``VectorStoreError/Code/embedderMissing``; what the sequence throws, `CancellationError`.
  @discardableResult
  public func importLines<Lines: AsyncSequence>(
    _ lines: sending Lines, batchSize: Int = 512, progress: StoreProgress.Handler? = nil
  ) async throws -> ImportReport where Lines.Element == String {
    var run = LineImport(store: self, batchSize: max(1, batchSize), progress: progress)
    for try await line in lines { try await run.take(line) }
    try await run.flush()
    return run.report
  }

  /// Adds documents from lines of JSON. See ``importLines(_:batchSize:progress:)-(Lines,_,_)``.
  @discardableResult
  public func importLines(
    _ lines: some Sequence<String>, batchSize: Int = 512, progress: StoreProgress.Handler? = nil
  ) async throws -> ImportReport {
    var run = LineImport(store: self, batchSize: max(1, batchSize), progress: progress)
    for line in lines { try await run.take(line) }
    try await run.flush()
    return run.report
  }
}
