// SPDX-License-Identifier: Apache-2.0

extension HNSWIndex {
  /// Rows that the codes' center is taken from at most.
  static let calibrationSample = 16_384
  /// The center is looked at again when the index has grown by this factor, up to the sample's size.
  private static let calibrationGrowth = 4
  /// A center that has moved by less than this part of the typical distance from it is left alone.
  private static let negligibleShift: Float = 0.25

  /// The generation to write the batch to: the present one, or one with new codes where the data's center is no longer
  /// where it was when they were made.
  ///
  /// New codes are a new section; whoever still searches the old ones is not disturbed. Links and rows are shared.
  func calibrated<Element>(
    _ moment: Moment, batch: VectorBatch<Element>, rows: [Int], state: inout WriterState
  ) throws(VectorIndexError) -> Generation {
    let generation = moment.generation
    guard let coded = generation.space as? CodedSpace else { return generation }
    let total = moment.slotCount + rows.count
    guard state.calibratedCount < Self.calibrationSample,
      total >= state.calibratedCount * Self.calibrationGrowth
    else { return generation }

    state.calibratedCount = min(total, Self.calibrationSample)
    let step = max(1, total / Self.calibrationSample)
    let sampledSlots = Swift.stride(from: 0, to: moment.slotCount, by: step)
    try generation.integrity?.checkAll(coded.full.walkKinds)
    let fresh = try GenerationFactory(configuration: configuration).makeCoded(
      over: coded.full, minimum: max(total, 1024))
    batch.withSample(rows, step: step) { new in
      fresh.calibrate(meanOf: sampledSlots.map { UnsafePointer(coded.full.row($0)) } + new)
    }
    // Of an empty index, too, the center is not changed in place: a search that finds nothing may be reading it.
    guard moment.slotCount == 0 || coded.centerShift(to: fresh, sampling: sampledSlots) > Self.negligibleShift else {
      return generation
    }
    for slot in 0..<moment.slotCount { fresh.encode(slot) }
    return Generation(
      space: fresh, graph: generation.graph, slots: generation.slots, contexts: generation.contexts)
  }
}

extension VectorBatch {
  /// Calls `body` with every `step`th of the given rows, as Float32.
  func withSample(_ rows: [Int], step: Int, _ body: ([UnsafePointer<Float>]) -> Void) {
    elements.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let sample = Swift.stride(from: 0, to: rows.count, by: step).map { index in
        (base + rows[index] * stride * MemoryLayout<Element>.stride).assumingMemoryBound(to: Float.self)
      }
      body(sample)
    }
  }
}
