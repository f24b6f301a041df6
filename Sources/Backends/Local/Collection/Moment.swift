// SPDX-License-Identifier: Apache-2.0

/// What searches work on: the state of a collection after one change. Immutable; a write publishes the next. A class, so that a
/// search takes it with one count of a reference.
final class Moment: Sendable {
  /// The record as it was after the change.
  let record: CollectionRecord
  /// The vector index; nil where searches are exact.
  let index: IndexMoment?

  init(record: CollectionRecord, index: IndexMoment?) {
    self.record = record
    self.index = index
  }

  var change: Int64 { record.change }
}
