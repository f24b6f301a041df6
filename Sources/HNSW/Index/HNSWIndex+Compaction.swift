// SPDX-License-Identifier: Apache-2.0

extension HNSWIndex {
  /// Builds the index anew from its living vectors: gives back the slots of removed and replaced ones, and lays vectors
  /// that are near each other side by side.
  ///
  /// Searches go on meanwhile, on the old memory, which is freed when the last view of it is gone; writes wait. The
  /// change number stays. Slots are renumbered, so that older allow-lists are refused.
  ///
  /// - Parameter threads: threads that link; with more than one, the graph depends on their timing.
  /// - Complexity: that of adding all vectors.
  public func compact(threads: Int = 1, progress: Progress? = nil) throws(VectorIndexError) {
    guard threads >= 1 else { throw VectorIndexError(.invalidArgument, "threads must be at least 1, not \(threads)") }
    try writer.withLock { (state) throws(VectorIndexError) in
      let before = moment
      let old = before.generation
      try old.integrity?.checkAll(SectionKind.allCases)
      let living = NeighborhoodOrder(graph: old.graph, slotCount: before.slotCount).slots.filter {
        old.slots.isAlive($0, at: before.change)
      }
      let fresh = try GenerationFactory(configuration: configuration).make(
        minimum: living.count, contexts: old.contexts)
      state.calibratedCount = min(living.count, Self.calibrationSample)
      if let coded = fresh.space as? CodedSpace {
        let step = max(1, living.count / Self.calibrationSample)
        coded.calibrate(
          meanOf: stride(from: 0, to: living.count, by: step).map {
            old.space.vector(slot: living[$0]).assumingMemoryBound(to: Float.self)
          })
      }
      fresh.graph.adviseHugePages(slots: living.count)
      fresh.space.adviseHugePages(slots: living.count)
      try BatchRun.forEach(living.count, threads: threads) { (slot, _) throws(VectorIndexError) in
        fresh.space.store(old.space.vector(slot: living[slot]), at: slot)
        fresh.slots.setLabel(old.slots.label(living[slot]), slot: slot)
      }
      let linking = try LinkingSpace(configuration: configuration).space(
        for: fresh.space, stored: living.count, batch: living.count, threads: threads)
      let builder = GraphBuilder(
        graph: fresh.graph, space: linking, seed: configuration.seed,
        efConstruction: configuration.efConstruction, limit: living.count, entryLock: state.entryLock)
      // Linked in the order in which they came: neighbours one after another would make a worse graph.
      let sequence = living.indices.sorted { living[$0] < living[$1] }
      try builder.insert(sequence: sequence, threads: threads, contexts: fresh.contexts, progress: progress)
      try builder.repair(slotCount: living.count, contexts: fresh.contexts)
      state.linkedSinceRepair = 0
      state.isFileChecked = true
      labelMap.withLock { map in
        let after = Moment(
          generation: fresh, change: before.change, slotCount: living.count, liveCount: living.count)
        map = LabelMap(slots: fresh.slots, slotCount: living.count, change: before.change)
        published.withLock { $0 = after }
      }
    }
  }
}
