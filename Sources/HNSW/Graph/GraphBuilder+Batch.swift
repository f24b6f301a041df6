// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension GraphBuilder {
  /// Slots that one thread links before others join: vectors that are linked at the same moment do not see each other,
  /// which matters while there are few.
  private static let serialStart = 256

  /// Links stored slots in the order given, on several threads.
  func insert(
    sequence slots: [Int], threads: Int, contexts: ContextPool, progress: HNSWIndex.Progress?
  ) throws(VectorIndexError) {
    guard !slots.isEmpty else { return }
    // Only worker 0, the calling thread, reports.
    let report = ProgressReport(total: slots.count, progress: progress)
    let scratch = makeScratch()
    let serial = threads == 1 || limit <= Self.serialStart ? slots.count : min(slots.count, Self.serialStart)
    try contexts.withContext { (context) throws(VectorIndexError) in
      for slot in slots.prefix(serial) {
        try insert(slot, context: context, scratch: scratch)
        report.add(1)
      }
    }
    if serial < slots.count {
      let scratches = (0..<threads).map { _ in WorkerScratch(scratch: makeScratch()) }
      try BatchRun.forEach(slots.count - serial, threads: threads) { (item, worker) throws(VectorIndexError) in
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
    try contexts.withContext { (context) throws(VectorIndexError) in
      for _ in 0..<Self.repairRounds {
        let unreached = Reachability(graph: graph, space: space, slotCount: slotCount).unreached
        guard !unreached.isEmpty else { return }
        for slot in unreached { try reconnect(slot, context: context) }
      }
    }
  }

  /// A link that one slot gets may have been another's last.
  private static let repairRounds = 4

  private func reconnect(_ slot: Int, context: SearchContext) throws(VectorIndexError) {
    let walker = Walker(graph: graph, space: space, integrity: nil, limit: limit, context: context)
    space.prepare(slot: slot, precisely: true, into: context.query)
    guard let start = try walker.descend(to: 0) else { return }
    try withUnsafePointer(to: start) { (start) throws(VectorIndexError) in
      try walker.beam(level: 0, from: UnsafeBufferPointer(start: start, count: 1), ef: efConstruction)
    }
    let found = UnsafeBufferPointer(start: context.pool.keys, count: context.pool.count).map(\.unexpanded)
      .filter { Int($0.slot) != slot }
    guard let nearest = found.first else { return }
    let roomy = found.first { key in
      graph.copyLinks(level: 0, slot: Int(key.slot), into: context.slots) < graph.places(level: 0)
    }
    let base = roomy ?? nearest
    graph.withLock(Int(base.slot)) {
      let count = graph.copyLinks(level: 0, slot: Int(base.slot), into: context.slots)
      let place = min(count, graph.places(level: 0) - 1)
      graph.linkDistances(of: Int(base.slot))[place] = base.ordered
      graph.list(level: 0, slot: Int(base.slot))[place].store(UInt32(slot) + 1, ordering: .releasing)
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
