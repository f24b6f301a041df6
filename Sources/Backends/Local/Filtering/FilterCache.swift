// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The bitmaps of the filters that were used last.
final class FilterCache: Sendable {
  /// Which slots a filter is true for, after a change.
  struct Entry: Sendable {
    /// A bit for each slot; of dead slots any.
    var bitmap: [UInt64]
    var slotCount: Int
    var change: Int64
    /// The position among the touched slots.
    var touchedEnd: Int
    /// The living ones, for the engine.
    var allow: AllowList
  }

  private struct State {
    var entries: [Filter: (entry: Entry, used: UInt64)] = [:]
    var clock: UInt64 = 0
  }

  private let state = Lock(State())
  private static let capacity = 64

  subscript(filter: Filter) -> Entry? {
    state.withLock { state in
      guard let found = state.entries[filter] else { return nil }
      state.clock += 1
      state.entries[filter]?.used = state.clock
      return found.entry
    }
  }

  /// Keeps an entry, in the place of an older one.
  func keep(_ entry: Entry, of filter: Filter) {
    state.withLock { state in
      if let old = state.entries[filter], old.entry.change > entry.change { return }
      state.clock += 1
      state.entries[filter] = (entry, state.clock)
      guard state.entries.count > Self.capacity else { return }
      if let oldest = state.entries.min(by: { $0.value.used < $1.value.used })?.key { state.entries[oldest] = nil }
    }
  }
}
