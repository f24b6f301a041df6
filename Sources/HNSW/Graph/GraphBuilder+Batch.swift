// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension GraphBuilder {
  /// Slots that one thread links before others join: vectors that are linked at the same moment do not see each other,
  /// which matters while there are few.
  private static let serialStart = 256

  /// Links stored slots, on several threads.
  func insert(
    _ slots: Range<Int>, threads: Int, contexts: ContextPool, progress: HNSWIndex.Progress?
  ) throws(VectorIndexError) {
    guard let first = slots.first else { return }
    // Only worker 0, the calling thread, reports.
    let report = ProgressReport(total: slots.count, progress: progress)
    let scratch = makeScratch()
    let serialEnd = threads == 1 ? slots.upperBound : min(slots.upperBound, max(first, Self.serialStart))
    try contexts.withContext { (context) throws(VectorIndexError) in
      for slot in first..<serialEnd {
        try insert(slot, context: context, scratch: scratch)
        report.add(1)
      }
    }
    if serialEnd < slots.upperBound {
      let scratches = (0..<threads).map { _ in WorkerScratch(scratch: makeScratch()) }
      try BatchRun.forEach(slots.upperBound - serialEnd, threads: threads) { (item, worker) throws(VectorIndexError) in
        try contexts.withContext { (context) throws(VectorIndexError) in
          try insert(serialEnd + item, context: context, scratch: scratches[worker].scratch)
        }
        report.count.add(1, ordering: .relaxed)
        if worker == 0 { report.tell() }
      }
    }
    report.finish()
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
