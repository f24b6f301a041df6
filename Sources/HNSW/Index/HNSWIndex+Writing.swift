// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension HNSWIndex {
  /// Called with the vectors linked so far and the vectors of the call; from one thread at a time.
  public typealias Progress = (_ done: Int, _ total: Int) -> Void

  /// Adds a vector under a new label.
  ///
  /// - Throws: ``VectorIndexError/Code/duplicateLabel`` where the label is there; nothing changes then.
  public func add(label: UInt64, vector: [Float]) throws(VectorIndexError) {
    try write(labels: [label], floats: vector, mode: .add, threads: 1, changeNumber: nil, progress: nil)
  }

  /// Adds vectors under new labels: all of them, or none where one is refused. They appear at once.
  ///
  /// - Parameters:
  ///   - vectors: row-major, `labels.count` × dimension.
  ///   - threads: threads that link; with more than one, the graph depends on their timing.
  ///   - changeNumber: the number that the change gets; greater than ``changeNumber``. The next one if nil.
  /// - Complexity: O(n · efConstruction · dimension · log count).
  public func add(
    labels: [UInt64], vectors: [Float], threads: Int = 1, changeNumber: UInt64? = nil, progress: Progress? = nil
  ) throws(VectorIndexError) {
    try write(
      labels: labels, floats: vectors, mode: .add, threads: threads, changeNumber: changeNumber, progress: progress)
  }

  /// Adds a vector, or replaces the one of its label.
  public func upsert(label: UInt64, vector: [Float]) throws(VectorIndexError) {
    try write(labels: [label], floats: vector, mode: .upsert, threads: 1, changeNumber: nil, progress: nil)
  }

  /// Adds vectors, replacing those of labels that are there: all of them, or none where one is refused.
  ///
  /// A label that comes twice in the call keeps its last vector. Parameters as for ``add(labels:vectors:threads:changeNumber:progress:)``.
  public func upsert(
    labels: [UInt64], vectors: [Float], threads: Int = 1, changeNumber: UInt64? = nil, progress: Progress? = nil
  ) throws(VectorIndexError) {
    try write(
      labels: labels, floats: vectors, mode: .upsert, threads: threads, changeNumber: changeNumber,
      progress: progress)
  }

  /// Adds bit vectors, replacing those of labels that are there: all of them, or none where one is refused.
  public func upsert(
    labels: [UInt64], bits: [BitVector], threads: Int = 1, changeNumber: UInt64? = nil, progress: Progress? = nil
  ) throws(VectorIndexError) {
    guard configuration.metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "the index holds Float32 vectors; bits do not fit")
    }
    guard labels.count == bits.count else {
      throw VectorIndexError(.invalidArgument, "\(labels.count) labels for \(bits.count) vectors")
    }
    var words: [UInt64] = []
    words.reserveCapacity(bits.count * BitKernels.words(configuration.dimension))
    for vector in bits {
      try VectorRules.checkMatch(expected: configuration.dimension, actual: vector.count)
      words += vector.words
    }
    let batch = VectorBatch(labels: labels, elements: words, stride: BitKernels.words(configuration.dimension))
    try write(batch, mode: .upsert, threads: threads, changeNumber: changeNumber, progress: progress)
  }

  /// Removes the vector of a label; false where there was none. It is gone from searches at once.
  @discardableResult
  public func remove(label: UInt64) throws(VectorIndexError) -> Bool { try remove(labels: [label]) == 1 }

  /// Removes the vectors of the labels that are in the index, in one change; returns how many there were.
  ///
  /// Their slots stay in the graph, to be walked over, until ``compact(threads:progress:)``.
  @discardableResult
  public func remove(labels: [UInt64], changeNumber: UInt64? = nil) throws(VectorIndexError) -> Int {
    try writer.withLock { (state) throws(VectorIndexError) in
      let before = moment
      let change = try next(changeNumber, after: before)
      try checkFile(before.generation, state: &state)
      return try labelMap.withLock { (map) throws(VectorIndexError) in
        if map == nil { map = try Self.makeLabelMap(before) }
        var removed = 0
        for label in labels {
          guard let slot = map?.slot(of: label) else { continue }
          before.generation.slots.kill(slot, change: change)
          map?.remove(label)
          removed += 1
        }
        guard removed > 0 || changeNumber != nil else { return 0 }
        published.withLock {
          $0 = Moment(
            generation: before.generation, change: change, slotCount: before.slotCount,
            liveCount: before.liveCount - removed)
        }
        return removed
      }
    }
  }

  /// Reachability is looked after when this part of the slots is new, so that it costs each slot a fixed time.
  static let repairShare = 8

  enum WriteMode { case add, upsert }

  private func write(
    labels: [UInt64], floats: [Float], mode: WriteMode, threads: Int, changeNumber: UInt64?, progress: Progress?
  ) throws(VectorIndexError) {
    let dimension = configuration.dimension
    guard !configuration.metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "the index holds bits; Float32 vectors do not fit")
    }
    if labels.count == 1 { try VectorRules.checkMatch(expected: dimension, actual: floats.count) }
    let (numbers, overflow) = labels.count.multipliedReportingOverflow(by: dimension)
    guard !overflow, numbers == floats.count else {
      throw VectorIndexError(
        .dimensionMismatch,
        "\(labels.count) labels need \(labels.count) × \(dimension) numbers, not \(floats.count)")
    }
    try floats.withUnsafeBufferPointer { (elements) throws(VectorIndexError) in
      for row in labels.indices {
        try VectorRules.checkFinite(
          UnsafeBufferPointer(rebasing: elements[row * dimension..<(row + 1) * dimension]), row: row)
      }
    }
    let batch = VectorBatch(labels: labels, elements: floats, stride: dimension)
    try write(batch, mode: mode, threads: threads, changeNumber: changeNumber, progress: progress)
  }

  private func write<Element: Sendable>(
    _ batch: VectorBatch<Element>, mode: WriteMode, threads: Int, changeNumber: UInt64?, progress: Progress?
  ) throws(VectorIndexError) {
    guard threads >= 1 else { throw VectorIndexError(.invalidArgument, "threads must be at least 1, not \(threads)") }
    let rows = try batch.lastRows(refusingRepeats: mode == .add)
    try writer.withLock { (state) throws(VectorIndexError) in
      let before = moment
      let change = try next(changeNumber, after: before)
      guard !rows.isEmpty else {
        if changeNumber != nil { publish(before, change: change) }
        return
      }
      try checkFile(before.generation, state: &state)
      let replaced = try existingSlots(of: rows.map { batch.labels[$0] }, refusing: mode == .add, in: before)
      guard rows.count <= before.generation.capacity - before.slotCount else {
        throw VectorIndexError(
          .capacityExceeded,
          "the index has room for \(before.generation.capacity) vectors and holds \(before.slotCount) slots; "
            + "\(rows.count) more do not fit")
      }
      let generation = try calibrated(before, batch: batch, rows: rows, state: &state)
      let first = before.slotCount
      let end = first + rows.count
      generation.graph.adviseHugePages(slots: end)
      generation.space.adviseHugePages(slots: end)

      let space = generation.space
      try BatchRun.forEach(rows.count, threads: threads) { (item, _) throws(VectorIndexError) in
        batch.withRow(rows[item]) { space.store($0, at: first + item) }
        generation.slots.setLabel(batch.labels[rows[item]], slot: first + item)
      }
      let linking = try LinkingSpace(configuration: configuration).space(
        for: space, stored: end, batch: rows.count, threads: threads)
      let builder = GraphBuilder(
        graph: generation.graph, space: linking, seed: configuration.seed,
        efConstruction: configuration.efConstruction, limit: end, entryLock: state.entryLock)
      try builder.insert(
        sequence: Array(first..<end), threads: threads, contexts: generation.contexts,
        progress: progress)
      state.linkedSinceRepair += rows.count
      if state.linkedSinceRepair >= end / Self.repairShare {
        try builder.repair(slotCount: end, contexts: generation.contexts)
        state.linkedSinceRepair = 0
      }

      try labelMap.withLock { (map) throws(VectorIndexError) in
        for slot in replaced { generation.slots.kill(slot, change: change) }
        for slot in first..<end { map?.set(slot: slot) }
        published.withLock {
          $0 = Moment(
            generation: generation, change: change, slotCount: end,
            liveCount: before.liveCount + rows.count - replaced.count)
        }
      }
    }
  }

  /// The number of the change that is being made.
  private func next(_ wanted: UInt64?, after moment: Moment) throws(VectorIndexError) -> UInt64 {
    guard let wanted else {
      guard moment.change < .max else {
        throw VectorIndexError(.invalidArgument, "the index has the last change number there is, \(UInt64.max)")
      }
      return moment.change + 1
    }
    guard wanted > moment.change else {
      throw VectorIndexError(
        .invalidArgument, "change number \(wanted) is not greater than the index's \(moment.change)")
    }
    return wanted
  }

  private func publish(_ moment: Moment, change: UInt64) {
    published.withLock {
      $0 = Moment(
        generation: moment.generation, change: change, slotCount: moment.slotCount, liveCount: moment.liveCount)
    }
  }

  /// Before the first write to an opened file: what the writer builds on must be sound, and a block that is about to
  /// change must have been compared with its checksum.
  private func checkFile(_ generation: Generation, state: inout WriterState) throws(VectorIndexError) {
    guard !state.isFileChecked else { return }
    if let integrity = generation.integrity {
      try integrity.checkAll([.links, .upperIndex, .upperLinks, .twins, .labels, .deaths, .center])
      try integrity.checkAll(generation.space.walkKinds)
      // Selection reads full rows where codes cannot stand in for them as queries.
      let readsRows = configuration.metric == .innerProduct || configuration.metric == .l1
      if readsRows { try integrity.checkAll(generation.space.exactKinds) }
      try integrity.checkLast([.rows, .inverseNorms])
    }
    state.isFileChecked = true
  }

  /// The living slots of labels; refuses them if asked.
  private func existingSlots(
    of labels: [UInt64], refusing: Bool, in moment: Moment
  ) throws(VectorIndexError) -> [Int] {
    try labelMap.withLock { (map) throws(VectorIndexError) in
      if map == nil { map = try Self.makeLabelMap(moment) }
      var found: [Int] = []
      for label in labels {
        guard let slot = map?.slot(of: label) else { continue }
        guard !refusing else {
          throw VectorIndexError(
            .duplicateLabel, "label \(label) is in the index already; upsert replaces its vector")
        }
        found.append(slot)
      }
      return found
    }
  }
}
