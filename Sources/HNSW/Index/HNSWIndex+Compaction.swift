// SPDX-License-Identifier: Apache-2.0

extension HNSWIndex {
  /// Builds the index anew from its living vectors: gives back the slots of removed and replaced ones, and lays vectors
  /// that are near each other side by side.
  ///
  /// Searches and writes go on meanwhile, on the old memory, which is freed when the last view of it is gone; until then
  /// there are two indexes in memory. What is written meanwhile is taken over; writes wait for the last of it, which
  /// is long only where they come faster than one call links. The change number stays. Slots are renumbered, so that
  /// older allow-lists are refused.
  ///
  /// - Parameter threads: threads that link; with more than one, the graph depends on their timing.
  /// - Complexity: that of adding all vectors.
  public func compact(threads: Int = 1, progress: Progress? = nil) throws(VectorIndexError) {
    guard threads >= 1 else { throw VectorIndexError(.invalidArgument, "threads must be at least 1, not \(threads)") }
    while true {
      let compaction = try IndexCompaction(self, threads: threads)
      try compaction.build(progress: progress)
      // Another compaction that ended meanwhile may have begun before what this call shall give back.
      if case .done = try compaction.finish(isLast: true, threads: threads) { return }
    }
  }
}
