// SPDX-License-Identifier: Apache-2.0

/// What a sync did, or with `dryRun` would do.
public struct SyncReport: Sendable, Hashable {
  /// A source that was passed over.
  public struct Failure: Sendable, Hashable {
    /// The source.
    public var source: String
    /// Why.
    public var reason: String

    /// A failure of these values.
    public init(source: String, reason: String) {
      self.source = source
      self.reason = reason
    }
  }

  /// Documents that the store did not have.
  public var added = 0
  /// Documents whose text or metadata have changed.
  public var updated = 0
  /// Documents that are as they were.
  public var skipped = 0
  /// Documents that were deleted.
  public var deleted = 0
  /// Sources that were passed over: nothing of them was written or deleted.
  public var failures: [Failure] = []
  /// How many sources were passed over.
  public var failed: Int { failures.count }

  /// Nothing done yet.
  public init() {}
}
