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

  /// The dead slots when it was last compacted, when that was last tried, or when it was loaded.
  let deadWhenTried: Lock<Int>

  init(_ index: HNSWIndex) {
    self.index = index
    let view = index.view()
    deadWhenTried = Lock(view.slotCount - view.count)
  }
}
