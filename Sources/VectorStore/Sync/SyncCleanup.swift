// SPDX-License-Identifier: Apache-2.0

/// Which documents of earlier runs a sync deletes; of documents that other calls added, none.
public enum SyncCleanup: String, Sendable, Hashable, CaseIterable {
  /// None.
  case none
  /// Those of the run's sources that these no longer have, in the transaction that writes the source.
  case incremental
  /// Those too, and at the end those of all sources that the run did not have.
  case full
}
