// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// What there is to know about the collection.
  public func statistics() async throws -> StoreStatistics { try await backend.statistics() }

  /// Checks everything that is stored; what is wrong is in the report, not thrown.
  public func verify(progress: StoreProgress.Handler? = nil) async throws -> VerificationReport {
    try await backend.verify(progress: progress)
  }

  /// Gives back the space of what was deleted and replaced.
  @discardableResult
  public func compact(progress: StoreProgress.Handler? = nil) async throws -> CompactionReport {
    try await backend.compact(progress: progress)
  }

  /// Copies the store to a new file, while it is in use.
  ///
  /// - Throws: ``VectorStoreError/Code/unsupported`` for a backend that has other means, ``VectorStoreError/Code/io``.
  public func backup(to path: String, progress: StoreProgress.Handler? = nil) async throws {
    try await backend.backup(to: path, progress: progress)
  }

  /// Closes the store: what was acknowledged is kept, calls after this fail.
  public func close() async throws { try await backend.close() }
}
