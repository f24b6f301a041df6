// SPDX-License-Identifier: Apache-2.0

/// What searches work on: the state of a collection after one change. Immutable; a write publishes the next.
struct Moment: Sendable {
  /// The record as it was after the change.
  var record: CollectionRecord
  /// The vector index; nil where searches are exact.
  var index: IndexMoment?

  var change: Int64 { record.change }
}
