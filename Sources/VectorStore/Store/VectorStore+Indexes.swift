// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Makes the vector index, in the place of another.
  ///
  /// - Throws: ``VectorStoreError/Code/unsupported`` for a kind that the backend does not have,
  ///   ``VectorStoreError/Code/invalidArgument`` for parameters out of their ranges.
  public func createIndex(
    _ specification: IndexSpecification = IndexSpecification(), progress: StoreProgress.Handler? = nil
  ) async throws {
    try await backend.createIndex(specification, progress: progress)
  }

  /// Drops the vector index: searches are exact from then on.
  public func dropIndex() async throws { try await backend.dropIndex() }

  /// Builds the vector index anew.
  ///
  /// - Parameter concurrently: without locking out writers, where the backend makes a difference.
  public func rebuildIndex(concurrently: Bool = false, progress: StoreProgress.Handler? = nil) async throws {
    try await backend.rebuildIndex(concurrently: concurrently, progress: progress)
  }

  /// What the vector index is now.
  public func indexStatus() async throws -> IndexStatus { try await backend.indexStatus() }
}
