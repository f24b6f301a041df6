// SPDX-License-Identifier: Apache-2.0

/// A compaction of an index that is under way, beside searches and writes.
///
/// The living vectors of one moment are linked anew in memory of their own (``build(progress:isWanted:)``). What is
/// written meanwhile goes to the old memory, where rows and labels never change and a slot's death has the number of its
/// change, so that it can be followed: slots behind the last one that was taken over are linked, those that have died
/// since are marked dead. The last few changes are followed while writes wait, and the new memory takes the place of the
/// old (``finish(isLast:threads:isWanted:)``). Whoever lets go of it before that has changed nothing.
///
/// Sendable: used by one thread after the other.
package final class IndexCompaction: @unchecked Sendable {
  package enum Outcome: Sendable {
    /// The index is compact.
    case done
    /// More was written than can be followed while writes wait: to be followed beside them, and finished again.
    case behind
    /// The index has been compacted by somebody else meanwhile.
    case superseded
  }

  private let index: HNSWIndex
  private let threads: Int
  private let fresh: Generation
  /// The moment of the old memory that has been taken over.
  private var followed: Moment
  /// For each slot of the old memory its living one in the new, plus one; 0 where it has none.
  private var places: [UInt32]
  private var labels: LabelMap
  /// Slots of the new memory in use, those that live, and those linked since all were known to be reachable.
  private var slotCount = 0
  private var liveCount = 0
  private var linkedSinceRepair = 0
  private var calibratedCount = 0

  /// Slots that are followed while writes wait: some 20 ms' worth.
  private static let shortWait = 64

  /// Begins with the present moment.
  package init(_ index: HNSWIndex, threads: Int) throws(VectorIndexError) {
    let start = index.moment
    self.index = index
    self.threads = threads
    fresh = try GenerationFactory(configuration: index.configuration).make(
      minimum: start.liveCount, contexts: start.generation.contexts)
    followed = start
    places = [UInt32](repeating: 0, count: start.slotCount)
    labels = LabelMap(slots: fresh.slots, slotCount: 0, change: 0)
  }

  // MARK: Beside writes

  /// Links the living vectors of the moment that it began with, then follows what was written meanwhile. Checks what of the
  /// index file has not been checked.
  ///
  /// - Parameters:
  ///   - progress: told of the first part.
  ///   - isWanted: asked for each vector; once it is false the call ends with ``VectorIndexError/Code/cancelled``.
  /// - Complexity: that of adding all vectors.
  package func build(
    progress: HNSWIndex.Progress? = nil, isWanted: @escaping @Sendable () -> Bool = { true }
  ) throws(VectorIndexError) {
    let (start, old) = (followed, followed.generation)
    try old.integrity?.checkAll(SectionKind.allCases, isWanted: isWanted)
    // Links may change while they are read; the order is no more than a good one.
    let living = NeighborhoodOrder(graph: old.graph, slotCount: start.slotCount).slots.filter {
      old.slots.isAlive($0, at: start.change)
    }
    calibratedCount = min(living.count, HNSWIndex.calibrationSample)
    if let coded = fresh.space as? CodedSpace {
      let step = max(1, living.count / HNSWIndex.calibrationSample)
      coded.calibrate(
        meanOf: stride(from: 0, to: living.count, by: step).map {
          old.space.vector(slot: living[$0]).assumingMemoryBound(to: Float.self)
        })
    }
    // Linked in the order in which they came: neighbours one after another would make a worse graph.
    try take(
      living, of: old, sequence: living.indices.sorted { living[$0] < living[$1] }, threads: threads,
      progress: progress, isWanted)
    try builder().repair(slotCount: slotCount, contexts: fresh.contexts)
    linkedSinceRepair = 0
    try follow(isWanted: isWanted)
  }

  /// Follows what was written, beside further writes, until little is left or no round leaves half of the one before: then
  /// writes come about as fast as they can be followed.
  package func follow(isWanted: @escaping @Sendable () -> Bool = { true }) throws(VectorIndexError) {
    var limit = Int.max
    while true {
      let now = index.moment
      let behind = now.slotCount - followed.slotCount
      guard isSuccessor(now), behind > Self.shortWait, behind <= limit else { return }
      limit = behind / 2
      try follow(now, threads: threads, isWanted)
    }
  }

  // MARK: While writes wait

  /// Follows the last changes and puts the new memory in the place of the old. The change number stays.
  ///
  /// - Parameters:
  ///   - isLast: whether writes wait until it is done, however much there is to follow.
  ///   - threads: threads that link what there is to follow.
  package func finish(
    isLast: Bool, threads: Int, isWanted: @escaping @Sendable () -> Bool = { true }
  ) throws(VectorIndexError) -> Outcome {
    try index.writer.withLock { (state) throws(VectorIndexError) in
      let now = index.moment
      guard isSuccessor(now) else { return .superseded }
      guard isLast || now.slotCount - followed.slotCount <= Self.shortWait else { return .behind }
      try follow(now, threads: threads, isWanted)
      guard liveCount == now.liveCount, labels.count == liveCount else {
        throw VectorIndexError(
          .invariantViolated,
          "the compacted index has \(liveCount) vectors in place of \(now.liveCount); it is not used")
      }
      state.linkedSinceRepair = linkedSinceRepair
      state.calibratedCount = calibratedCount
      state.isFileChecked = true
      let after = Moment(generation: fresh, change: now.change, slotCount: slotCount, liveCount: liveCount)
      index.labelMap.withLock { map in
        map = labels
        index.published.withLock { $0 = after }
      }
      // Nothing here keeps the old memory, or a second user of the table of labels, which would be copied.
      followed = after
      places = []
      labels = LabelMap(slots: fresh.slots, slotCount: 0, change: 0)
      return .done
    }
  }

  // MARK: Parts

  /// Whether a moment is of the same memory. New codes make another generation, but share links, labels and rows.
  private func isSuccessor(_ moment: Moment) -> Bool { moment.generation.slots === followed.generation.slots }

  /// Brings the new memory to a later moment of the old.
  private func follow(
    _ now: Moment, threads: Int, _ isWanted: @escaping @Sendable () -> Bool
  ) throws(VectorIndexError) {
    let old = now.generation
    // The dead first: a label may have been given to another slot since.
    old.slots.forEachDeath(below: followed.slotCount, at: now.change) { slot, change in
      let place = places[slot]
      guard place != 0 else { return }
      places[slot] = 0
      labels.remove(fresh.slots.label(Int(place) - 1))
      fresh.slots.kill(Int(place) - 1, change: change)
      liveCount -= 1
    }
    let added = (followed.slotCount..<now.slotCount).filter { old.slots.isAlive($0, at: now.change) }
    places += repeatElement(0, count: now.slotCount - places.count)
    followed = now
    guard !added.isEmpty else { return }
    try take(
      added, of: old, sequence: Array(added.indices), threads: threads, progress: nil, isWanted)
    if linkedSinceRepair >= slotCount / HNSWIndex.repairShare {
      try builder().repair(slotCount: slotCount, contexts: fresh.contexts)
      linkedSinceRepair = 0
    }
  }

  /// Copies slots of the old memory behind those that are there, and links them in the order of `sequence`.
  private func take(
    _ taken: [Int], of old: Generation, sequence: [Int], threads: Int, progress: HNSWIndex.Progress?,
    _ isWanted: @escaping @Sendable () -> Bool
  ) throws(VectorIndexError) {
    let first = slotCount
    guard taken.count <= fresh.capacity - first else {
      throw VectorIndexError(
        .capacityExceeded, "the system gives no address space for a second index of \(first + taken.count) vectors")
    }
    slotCount = first + taken.count
    fresh.graph.adviseHugePages(slots: slotCount)
    fresh.space.adviseHugePages(slots: slotCount)
    try BatchRun.forEach(taken.count, threads: threads) { [fresh] (item, _) throws(VectorIndexError) in
      guard isWanted() else { throw .cancelled }
      fresh.space.store(old.space.vector(slot: taken[item]), at: first + item)
      fresh.slots.setLabel(old.slots.label(taken[item]), slot: first + item)
    }
    let linking = try LinkingSpace(configuration: index.configuration).space(
      for: fresh.space, stored: slotCount, batch: taken.count, threads: threads)
    try builder(linking).insert(
      sequence: sequence.map { first + $0 }, threads: threads, contexts: fresh.contexts, progress: progress,
      isWanted: isWanted)
    for (item, slot) in taken.enumerated() {
      places[slot] = UInt32(first + item + 1)
      labels.set(slot: first + item)
    }
    liveCount += taken.count
    linkedSinceRepair += taken.count
  }

  /// Links the slots in use.
  private func builder(_ space: VectorSpace? = nil) -> GraphBuilder {
    GraphBuilder(
      graph: fresh.graph, space: space ?? fresh.space, seed: index.configuration.seed,
      efConstruction: index.configuration.efConstruction, limit: slotCount, entryLock: Lock(()))
  }
}

extension VectorIndexError {
  /// What was called off ends with this.
  static let cancelled = VectorIndexError(.cancelled, "the call was called off")
}
