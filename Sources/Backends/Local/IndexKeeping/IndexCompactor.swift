// SPDX-License-Identifier: Apache-2.0

import HNSW
import Logging
import VectorStoreCore

/// Compacts the vector index of a collection by itself, when too many of its slots are dead: an update is a new slot and
/// the death of the old one, so that an index under updates would grow for ever.
///
/// It works on the index in memory alone, beside reads and writes, and writes nothing to the disk: each process does it
/// for its own, and a crash costs the work. The file follows when it is next saved.
final class IndexCompactor: Sendable {
  private let file: StoreFile
  /// The share of dead slots from which on it compacts; nil for never.
  private let threshold: Double?
  private let threads: Int
  private let logger: Logger
  private let state = Lock(State())

  private struct State {
    var task: Task<Void, Never>?
    var count = 0
    var last: Run?
  }

  /// A compaction that was made.
  struct Run: Sendable {
    let slots: Int
    let duration: Duration
    let end: ContinuousClock.Instant
  }

  /// Dead slots that are not worth the work: some megabytes.
  private static let minimum = 1_000
  /// As a part of all slots, those that have to die between two attempts: a process that has just loaded a file does not
  /// begin with a compaction, nor does one begin again and again that cannot be made.
  private static let growthShare = 16

  init(file: StoreFile, threshold: Double?, threads: Int, logger: Logger) {
    self.file = file
    self.threshold = threshold
    self.threads = threads
    self.logger = logger
  }

  /// Whether a compaction is under way.
  var isRunning: Bool { state.withLock { $0.task != nil } }

  /// How many were made, and the last of them.
  var history: (count: Int, last: Run?) { state.withLock { ($0.count, $0.last) } }

  // MARK: In the background

  /// Begins a compaction of the present index where one is due and none is under way.
  func startIfDue(_ collection: Collection) {
    guard let threshold, let index = collection.moment.index else { return }
    let (slots, dead) = (index.view.slotCount, index.deadSlots)
    guard dead >= Self.minimum, Double(dead) >= threshold * Double(slots) else { return }
    state.withLock { state in
      guard state.task == nil else { return }
      let isDue = index.loaded.deadWhenTried.withLock { tried in
        guard dead - tried >= max(Self.minimum, slots / Self.growthShare) else { return false }
        tried = dead
        return true
      }
      guard isDue else { return }
      state.task = Task.detached { [self] in
        let isWanted = await run(collection, index.loaded)
        self.state.withLock { $0.task = nil }
        // What has died meanwhile may be enough for the next.
        if isWanted, !Task.isCancelled { startIfDue(collection) }
      }
    }
  }

  /// Calls off what is under way.
  func cancel() { state.withLock { $0.task }?.cancel() }

  /// As ``cancel()``; returns when it has ended.
  func stop() async {
    while let task = state.withLock({ $0.task }) {
      task.cancel()
      await task.value
    }
  }

  /// - Returns: false where it was called off.
  private func run(_ collection: Collection, _ loaded: LoadedIndex) async -> Bool {
    do {
      try await compact(collection, loaded, inBackground: true)
    } catch is CancellationError {
      logger.debug("the compaction of the index was called off")
      return false
    } catch let damaged as DamagedIndex {
      try? await collection.rejectIndex(damaged.loaded)
    } catch {
      // The index is as it was.
      logger.warning("the index could not be compacted: \(error)")
    }
    return true
  }

  // MARK: When the store is closed

  /// Compacts an index most of whose slots are dead while the last who may write to it closes the store.
  ///
  /// Processes that each write a little end before a compaction beside them would: without this, their index file would
  /// grow for ever. So many have died since the last compaction that it costs each of them the linking of one vector.
  func compactIfMostlyDead(_ collection: Collection) async {
    guard threshold != nil, let index = collection.moment.index, index.deadSlots >= Self.minimum,
      index.deadSlots > index.view.count
    else { return }
    do {
      try await compact(collection, index.loaded, inBackground: false)
    } catch {
      logger.debug("the index was not compacted at the end: \(error)")
    }
  }

  // MARK: Parts

  private func compact(_ collection: Collection, _ loaded: LoadedIndex, inBackground: Bool) async throws {
    let index = loaded.index
    let (slots, start) = (index.view().slotCount, ContinuousClock.now)
    logger.debug("compacting the index: \(slots - index.count) of its \(slots) slots are dead")
    func beside<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
      inBackground ? try await file.background(body) : try await file.longRead(body)
    }
    let compaction = try await beside { [threads] cancellation in
      try Self.translating(loaded) { () throws(VectorIndexError) in
        let compaction = try IndexCompaction(index, threads: inBackground ? 1 : threads)
        try compaction.build(isWanted: { !cancellation.isCancelled })
        return compaction
      }
    }
    if try await finish(compaction, collection, loaded, isLast: false, since: start) { return }
    try await beside { cancellation in
      try Self.translating(loaded) { () throws(VectorIndexError) in
        try compaction.follow { !cancellation.isCancelled }
      }
    }
    // Writes that are as fast as this could be run after for ever: they wait, so that memory is bounded.
    _ = try await finish(compaction, collection, loaded, isLast: true, since: start)
  }

  /// Puts the compacted index in the place of the old, and publishes it, while no write is made.
  ///
  /// - Returns: false where more is to be followed first.
  private func finish(
    _ compaction: IndexCompaction, _ collection: Collection, _ loaded: LoadedIndex, isLast: Bool,
    since start: ContinuousClock.Instant
  ) async throws -> Bool {
    try await file.exclusively { [self] cancellation in
      let (moment, index) = (collection.moment, loaded.index)
      // Another index, or another compaction, has come between.
      guard moment.index?.loaded === loaded else { return true }
      let slots = index.view().slotCount
      let outcome = try Self.translating(loaded) { () throws(VectorIndexError) in
        try compaction.finish(isLast: isLast, threads: threads) { !cancellation.isCancelled }
      }
      guard case .done = outcome else { return outcome == .superseded }
      collection.publish(Moment(record: moment.record, index: IndexMoment(index, isCompacted: true)))
      collection.keeper.noteCompaction()
      note(slots - index.view().slotCount, index.count, since: start)
      return true
    }
  }

  private func note(_ slots: Int, _ count: Int, since start: ContinuousClock.Instant) {
    let run = Run(slots: slots, duration: start.duration(to: .now), end: .now)
    state.withLock {
      $0.count += 1
      $0.last = run
    }
    logger.info("the index was compacted: \(slots) slots less, \(count) vectors, \(run.duration)")
  }

  /// The engine's errors in the terms of the store: that a call was called off, and that the index file is damaged.
  private static func translating<Result>(
    _ loaded: LoadedIndex, _ body: () throws(VectorIndexError) -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch {
      switch error.code {
      case .cancelled: throw CancellationError()
      case .corruptFile: throw DamagedIndex(loaded: loaded)
      default: throw error
      }
    }
  }
}
