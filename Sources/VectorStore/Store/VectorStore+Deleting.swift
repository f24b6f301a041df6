// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// Deletes documents; ids that are not there are passed over.
  ///
  /// - Returns: how many were deleted.
  @discardableResult
  public func delete(ids: [String]) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    var batch = WriteBatch()
    batch.deletedIDs = ids
    return try await backend.write(batch, progress: nil).deleted
  }

  /// Deletes what matches, in one transaction. ``Filter/all`` empties the store.
  ///
  /// - Returns: how many were deleted.
  @discardableResult
  public func delete(filter: Filter) async throws -> Int {
    var batch = WriteBatch()
    batch.deletedFilter = filter
    return try await backend.write(batch, progress: nil).deleted
  }
}
