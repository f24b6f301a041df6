// SPDX-License-Identifier: Apache-2.0

/// Makes the memory of an index.
struct GenerationFactory {
  let configuration: HNSWConfiguration

  /// Slots to reserve address space for, as far as the system gives it.
  private static let wantedSlots = 1 << 27

  /// An empty generation with room for at least `minimum` slots.
  func make(
    minimum: Int = 0, upperMinimum: Int = 0, contexts: ContextPool? = nil
  ) throws(VectorIndexError) -> Generation {
    Generation(
      space: try makeSpace(minimum: minimum),
      graph: try Graph(
        m: configuration.m, wantedRecords: Self.wantedSlots, minimumRecords: max(minimum, 1024),
        upperMinimum: upperMinimum),
      slots: try SlotTable(wantedRecords: Self.wantedSlots, minimumRecords: max(minimum, 1024)),
      contexts: contexts ?? ContextPool(dimension: configuration.dimension, m: configuration.m))
  }

  func makeSpace(minimum: Int) throws(VectorIndexError) -> VectorSpace {
    let minimum = max(minimum, 1024)
    let (dimension, metric) = (configuration.dimension, configuration.metric)
    switch configuration.storage {
    case .bit:
      return try BitSpace(
        dimension: dimension, metric: metric, wantedRecords: Self.wantedSlots, minimumRecords: minimum)
    case .float32:
      return try Float32Space(
        dimension: dimension, metric: metric, wantedRecords: Self.wantedSlots, minimumRecords: minimum)
    case .int8:
      let full = try Float32Space(
        dimension: dimension, metric: metric, wantedRecords: Self.wantedSlots, minimumRecords: minimum)
      return try makeCoded(over: full, minimum: minimum)
    }
  }

  func makeCoded(over full: Float32Space, minimum: Int) throws(VectorIndexError) -> CodedSpace {
    try CodedSpace(full: full, wantedRecords: Self.wantedSlots, minimumRecords: max(minimum, 1024))
  }
}
