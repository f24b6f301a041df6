// SPDX-License-Identifier: Apache-2.0

/// A field of all documents, in the order of the index's slots, as it is after a change. A value.
struct Column: Sendable {
  let values: ValueDictionary
  /// The number of the value of each slot; of dead slots any.
  var numbers: [UInt32] = []
  /// The change.
  var change: Int64
  /// The position among the touched slots.
  var touchedEnd: Int
}
