// SPDX-License-Identifier: Apache-2.0

import HNSW

/// The vector index after one change.
struct IndexMoment: Sendable {
  /// The index and what is derived from it.
  let loaded: LoadedIndex
  /// The index at this moment.
  let view: IndexView
  /// Which slots had their metadata changed, since the index was loaded.
  let touched: TouchedSlots

  /// Slots that removed and replaced vectors take.
  var deadSlots: Int { view.slotCount - view.count }

  init(loaded: LoadedIndex, view: IndexView, touched: TouchedSlots) {
    self.loaded = loaded
    self.view = view
    self.touched = touched
  }

  /// The present moment of an index that was just loaded or compacted.
  init(_ index: HNSWIndex, isCompacted: Bool = false) {
    self.init(
      loaded: LoadedIndex(index, isCompacted: isCompacted), view: index.view(), touched: TouchedSlots())
  }
}
