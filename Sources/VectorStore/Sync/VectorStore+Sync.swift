// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Makes the store hold what sources hold now, with as little work as that takes.
  ///
  /// What an earlier sync wrote is known by a ledger in the store. A document is
  ///
  /// - skipped if its text and metadata are what they were and it is still in the store,
  /// - given its new metadata, without embedding, if only that has changed,
  /// - written otherwise, with the vector of a stored document of the same text if there is one, else embedded. Several
  ///   documents of one text are kept, each under its id.
  ///
  /// Sources are written in the order in which they come, whole ones in transactions of up to 512 documents, longer ones in
  /// several. What was reported as written stays when the run is interrupted; the next run goes on from there. A source
  /// that cannot be accepted (two documents with one id, an id of another source's document, a NUL byte) is in the report,
  /// and the run goes on.
  ///
  /// - Parameters:
  ///   - sources: all documents of each source that is to be looked at.
  ///   - cleanup: which documents of earlier runs are deleted.
  ///   - dryRun: writes nothing; the report is the same.
  ///   - progress: hears of ``StoreProgress/Phase/embedding`` and, after each transaction, of
  ///     ``StoreProgress/Phase/writing``.
  /// - Throws: ``VectorStoreError/Code/embedderMissing`` if a text has to be embedded, what the embedder, the backend and
  ///   the sequence throw, `CancellationError`.
  /// - Complexity: the ledger is held in memory, some hundred bytes a document.
  @discardableResult
  public func sync<Sources: AsyncSequence>(
    _ sources: sending Sources, cleanup: SyncCleanup = .incremental, dryRun: Bool = false,
    progress: StoreProgress.Handler? = nil
  ) async throws -> SyncReport where Sources.Element == SourceDocuments {
    var run = try await SyncRun(store: self, cleanup: cleanup, isDry: dryRun, total: nil, progress: progress)
    for try await source in sources { try await run.take(source) }
    return try await run.finish()
  }

  /// Makes the store hold what sources hold now. See ``sync(_:cleanup:dryRun:progress:)-(Sources,_,_,_)``.
  @discardableResult
  public func sync(
    _ sources: [SourceDocuments], cleanup: SyncCleanup = .incremental, dryRun: Bool = false,
    progress: StoreProgress.Handler? = nil
  ) async throws -> SyncReport {
    let total = sources.reduce(0) { $0 + $1.documents.count }
    var run = try await SyncRun(store: self, cleanup: cleanup, isDry: dryRun, total: total, progress: progress)
    for source in sources { try await run.take(source) }
    return try await run.finish()
  }
}
