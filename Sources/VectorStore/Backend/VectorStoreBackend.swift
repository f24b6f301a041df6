// SPDX-License-Identifier: Apache-2.0

/// A home for one collection of documents and their vectors.
///
/// A backend stores, filters and finds candidates; ``VectorStore`` does the rest, once for all backends: embedding,
/// fusion, MMR, thresholds, relevance. What a backend has to keep:
///
/// - ``Filter/evaluate(_:)`` defines which documents a filter means.
/// - If k documents that match and have a distance exist, a search for k returns k.
/// - A search is of one moment: filter, index and rows agree, while writes go on.
/// - A write is one transaction. It is acknowledged when it is durable and later searches see it.
/// - Ids compare by their bytes of UTF-8.
/// - A vector of norm zero has no distance under cosine: it is stored, and found by all but its vector.
///
/// The conformance suite in `VectorStoreTesting` checks these. All methods throw ``VectorStoreError`` and
/// `CancellationError`, and may be called from any number of tasks.
public protocol VectorStoreBackend: Sendable {
  /// The schemes of the URLs that it opens, such as `sqlite`.
  static var schemes: [String] { get }

  /// What ids look like; any text unless the backend says otherwise.
  var idForm: IDForm { get }

  /// Opens a collection.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` for a missing store unless the options say that it is made,
  ///   ``VectorStoreError/Code/embeddingSpaceMismatch`` for another space than the recorded one.
  static func open(_ url: StoreURL, options: OpenOptions) async throws -> Self

  /// The recorded space and the name of its embedder; nil while none is recorded.
  func recordedSpace() async throws -> RecordedSpace?

  /// Records the space of a collection that has none; a recorded one is compared.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingSpaceMismatch``.
  func record(_ space: RecordedSpace) async throws

  /// Candidates by vector, by keywords, or both.
  ///
  /// - Throws: ``VectorStoreError/Code/dimensionMismatch``, ``VectorStoreError/Code/zeroNormQuery``,
  ///   ``VectorStoreError/Code/unsupported`` for keywords where the collection has none.
  func candidates(_ request: CandidateRequest) async throws -> CandidateSet

  /// The records of ids, in the order of the ids; those that are not there are left out.
  func get(ids: [String], includingVectors: Bool) async throws -> [Record]

  /// Records that match, in the order of the ids' bytes, after a cursor; `limit` at most. Ids after the cursor are
  /// found even where the record that the cursor came from has gone.
  func scroll(filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool) async throws -> RecordPage

  /// How many documents match; nil counts all.
  func count(filter: Filter?) async throws -> Int

  /// Makes the changes of a batch: all, or none where one is refused.
  func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult

  /// The ledger's entries of sources; nil is all sources.
  func ledger(sources: [String]?) async throws -> [LedgerEntry]

  /// Makes the vector index, in the place of another.
  func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws
  /// Drops the vector index: searches are exact from then on.
  func dropIndex() async throws
  /// Builds the vector index anew.
  func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws
  /// What the vector index is now.
  func indexStatus() async throws -> IndexStatus

  /// What there is to know about the collection.
  func statistics() async throws -> StoreStatistics
  /// Checks everything that is stored.
  func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport
  /// Gives back the space of what was deleted and replaced.
  func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport
  /// Copies the store to a new file, while it is in use.
  func backup(to path: String, progress: StoreProgress.Handler?) async throws

  /// Closes it: what was acknowledged is kept, calls after this fail.
  func close() async throws
}

extension VectorStoreBackend {
  public var idForm: IDForm { .text }
}
