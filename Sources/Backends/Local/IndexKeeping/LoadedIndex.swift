// SPDX-License-Identifier: Apache-2.0

import HNSW

/// An index in memory with what is kept in the order of its slots. A compaction or a rebuild makes a new one, since it
/// numbers the slots anew.
final class LoadedIndex: Sendable {
  let index: HNSWIndex
  /// The columns of declared fields, made when they are first needed.
  let columns = ColumnCache()
  /// The bitmaps of filters.
  let filters = FilterCache()

  /// The dead slots when a compaction was last tried, or when it was loaded; 0 after a compaction.
  let deadWhenTried: Lock<Int>

  /// - Parameter isCompacted: whether it has just been compacted; what has died since counts at once.
  init(_ index: HNSWIndex, isCompacted: Bool = false) {
    self.index = index
    let view = index.view()
    deadWhenTried = Lock(isCompacted ? 0 : view.slotCount - view.count)
  }
}
