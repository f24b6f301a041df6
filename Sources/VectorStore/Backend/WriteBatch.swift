// SPDX-License-Identifier: Apache-2.0

/// Changes that a store makes in one transaction: all of them, seen at once, or none.
///
/// They are made in the order of the members: deletions first, then upserts, then changes of metadata.
public struct WriteBatch: Sendable {
  /// A change of a document's metadata that leaves text and vector as they are.
  public struct MetadataChange: Sendable, Hashable {
    /// The document; one that is not there is reported, not made.
    public var id: String
    /// The new metadata, or what is laid over the present one.
    public var metadata: JSONObject
    /// Whether members that are not named are kept. A null then removes its member.
    public var merges: Bool

    /// A change of these parts.
    public init(id: String, metadata: JSONObject, merges: Bool) {
      self.id = id
      self.metadata = metadata
      self.merges = merges
    }
  }

  /// Documents to delete; ids that are not there are passed over.
  public var deletedIDs: [String] = []
  /// Deletes what matches.
  public var deletedFilter: Filter?
  /// Records to add, or to put in the place of those with their ids. Of records with one id the last counts.
  public var upserts: [Record] = []
  /// Metadata to change.
  public var metadataChanges: [MetadataChange] = []
  /// Entries of the sync ledger to write; entries of documents that are deleted go by themselves.
  public var ledger: [LedgerEntry] = []

  /// No changes yet.
  public init() {}

  /// Whether there is nothing to do.
  public var isEmpty: Bool {
    deletedIDs.isEmpty && deletedFilter == nil && upserts.isEmpty && metadataChanges.isEmpty && ledger.isEmpty
  }
}
