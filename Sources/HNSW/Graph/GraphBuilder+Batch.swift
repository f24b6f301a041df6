// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension GraphBuilder {
  /// Slots that one thread links before others join: vectors that are linked at the same moment do not see each other,
  /// which matters while there are few.
  private static let serialStart = 256

  /// Links stored slots in the order given, on several threads.
  ///
  /// - Parameter isWanted: asked for each slot; once it is false the call ends with ``VectorIndexError/cancelled``.
  func insert(
    sequence slots: [Int], threads: Int, contexts: ContextPool, progress: HNSWIndex.Progress?,
    isWanted: @escaping @Sendable () -> Bool = { true }
  ) throws(VectorIndexError) {
    guard !slots.isEmpty else { return }
    // Only worker 0, the calling thread, reports.
    let report = ProgressReport(total: slots.count, progress: progress)
    let scratch = makeScratch()
    let serial = threads == 1 || limit <= Self.serialStart ? slots.count : min(slots.count, Self.serialStart)
    try contexts.withContext { (context) throws(VectorIndexError) in
      for slot in slots.prefix(serial) {
        guard isWanted() else { throw .cancelled }
        try insert(slot, context: context, scratch: scratch)
        report.add(1)
      }
    }
    if serial < slots.count {
      let workers = min(threads, slots.count - serial)
      let scratches = (0..<workers).map { _ in WorkerScratch(scratch: makeScratch()) }
      try BatchRun.forEach(slots.count - serial, threads: workers) { (item, worker) throws(VectorIndexError) in
        guard isWanted() else { throw .cancelled }
        try contexts.withContext { (context) throws(VectorIndexError) in
          try insert(slots[serial + item], context: context, scratch: scratches[worker].scratch)
        }
        report.count.add(1, ordering: .relaxed)
        if worker == 0 { report.tell() }
      }
    }
    report.finish()
  }

  /// Gives slots that no walk from the entry meets a link from a slot that is met.
  ///
  /// Pruning may take the last link to a slot away; where clusters lie apart it does so for about one in a thousand.
  func repair(slotCount: Int, contexts: ContextPool) throws(VectorIndexError) {
    var reachability = Reachability(graph: graph, space: space, slotCount: slotCount)
    let unreached = reachability.unreached
    guard !unreached.isEmpty else { return }
    // A slot that hangs behind an equal one is reached through it, and must not be linked besides.
    let hangs = graph.hangingSlots(slotCount: slotCount)
    try contexts.withContext { (context) throws(VectorIndexError) in
      for slot in unreached where !hangs[slot] && !reachability.isReached(slot) {
        try reconnect(slot, reachability, context: context)
        reachability.reach(slot)
      }
    }
  }

  /// Links a slot that is not reached from one near it that is.
  ///
  /// A list that is full gives up its last link, and the slot takes it over: what was reached by it still is, through
  /// the slot.
  private func reconnect(
    _ slot: Int, _ reachability: Reachability, context: SearchContext
  ) throws(VectorIndexError) {
    guard let entry = graph.entry else { return }
    let walker = Walker(graph: graph, space: space, integrity: nil, limit: limit, context: context)
    space.prepare(slot: slot, precisely: true, into: context.query)
    guard let start = try walker.descend(to: 0) else { return }
    try withUnsafePointer(to: start) { (start) throws(VectorIndexError) in
      try walker.beam(level: 0, from: UnsafeBufferPointer(start: start, count: 1), ef: efConstruction)
    }
    let found = UnsafeBufferPointer(start: context.pool.keys, count: context.pool.count).map(\.unexpanded)
      .filter { reachability.isReached(Int($0.slot)) }
    let roomy = found.first { key in
      graph.copyLinks(level: 0, slot: Int(key.slot), into: context.slots) < graph.places(level: 0)
    }
    // The descent may have ended among slots that level 0 does not lead to.
    let base = roomy ?? found.first ?? DistanceKey(ordered: 0, slot: entry.slot)
    let count = graph.copyLinks(level: 0, slot: Int(base.slot), into: context.slots)
    let place = min(count, graph.places(level: 0) - 1)
    if place < count { setLastLink(of: slot, to: DistanceKey(ordered: 0, slot: context.slots[place])) }
    setLink(of: Int(base.slot), place: place, to: DistanceKey(ordered: base.ordered, slot: UInt32(slot)))
  }

  /// Adds a link behind a slot's others, or in the place of the last.
  private func setLastLink(of slot: Int, to key: DistanceKey) {
    let list = graph.list(level: 0, slot: slot)
    var place = 0
    while place < graph.places(level: 0) - 1 {
      let word = list[place].load(ordering: .relaxed)
      if word == key.slot &+ 1 { return }
      if word == 0 { break }
      place += 1
    }
    setLink(of: slot, place: place, to: key)
  }

  private func setLink(of slot: Int, place: Int, to key: DistanceKey) {
    graph.withLock(slot) {
      graph.linkDistances(of: slot)[place] = key.ordered
      graph.list(level: 0, slot: slot)[place].store(key.slot &+ 1, ordering: .releasing)
    }
  }

  private func makeScratch() -> BuildScratch {
    BuildScratch(dimension: space.dimension, m: graph.m, efConstruction: efConstruction)
  }

  /// Sendable because each worker uses its own.
  private struct WorkerScratch: @unchecked Sendable {
    let scratch: BuildScratch
  }

  /// Counts linked slots and tells the caller now and then, from the calling thread.
  ///
  /// Sendable: the count is an atomic; the callback is called by the calling thread alone.
  private final class ProgressReport: @unchecked Sendable {
    let count = Atomic(0)
    private let total: Int
    private let progress: HNSWIndex.Progress?
    private var told = 0
    /// Slots between two calls.
    private static let interval = 500

    init(total: Int, progress: HNSWIndex.Progress?) {
      self.total = total
      self.progress = progress
    }

    func add(_ slots: Int) {
      count.add(slots, ordering: .relaxed)
      tell()
    }

    func tell() {
      guard let progress else { return }
      let done = count.load(ordering: .relaxed)
      guard done - told >= Self.interval else { return }
      told = done
      progress(done, total)
    }

    func finish() { progress?(total, total) }
  }
}
