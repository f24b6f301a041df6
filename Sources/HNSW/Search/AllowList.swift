// SPDX-License-Identifier: Apache-2.0

/// The vectors that a search may return: a bit for each slot of an index.
///
/// Made by an ``IndexView``. It stays good for later views until a compaction renumbers the slots; vectors added after it
/// was made are not in it.
public struct AllowList: Sendable {
  /// The number of vectors allowed.
  public let count: Int
  let words: [UInt64]
  /// The slots it speaks of.
  let slots: SlotTable

  init(words: [UInt64], slots: SlotTable) {
    self.words = words
    self.slots = slots
    count = words.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
