// SPDX-License-Identifier: Apache-2.0

/// What a write did.
public struct WriteResult: Sendable, Hashable {
  /// Documents that were new.
  public var added: Int
  /// Documents that were replaced, or had their metadata changed.
  public var updated: Int
  /// Documents that were deleted.
  public var deleted: Int
  /// Ids of metadata changes that are not in the store.
  public var missingIDs: [String]

  /// A result of these values.
  public init(added: Int = 0, updated: Int = 0, deleted: Int = 0, missingIDs: [String] = []) {
    self.added = added
    self.updated = updated
    self.deleted = deleted
    self.missingIDs = missingIDs
  }
}
