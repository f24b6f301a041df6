// SPDX-License-Identifier: Apache-2.0

/// An approximate nearest-neighbour index: a hierarchical navigable small world graph in memory or in a mapped file.
///
/// Any number of threads may search while one writes; further writers wait. A batch of changes appears at once, and a
/// search sees the index as it was at one change number. Memory grows without moving, so that a reader never waits for
/// a writer.
///
/// ```swift
/// let index = try HNSWIndex(HNSWConfiguration(dimension: 384))
/// try index.upsert(label: 7, vector: embedding)
/// let nearest = try index.search(query, k: 10)
/// ```
///
/// The calls block and compute: from asynchronous code they belong on a thread of their own.
public final class HNSWIndex: Sendable {
  public let configuration: HNSWConfiguration

  let published: Lock<Moment>
  /// Finds the slot of a label; made when it is first needed, so that opening a file reads no labels.
  let labelMap: Lock<LabelMap?>
  /// Held by the one who writes.
  let writer: Lock<WriterState>

  /// An empty index.
  ///
  /// - Throws: ``VectorIndexError`` for a dimension, metric or parameter out of range.
  public convenience init(_ configuration: HNSWConfiguration) throws(VectorIndexError) {
    try configuration.validate()
    let generation = try GenerationFactory(configuration: configuration).make()
    self.init(
      configuration,
      Moment(generation: generation, change: 0, slotCount: 0, liveCount: 0), calibratedCount: 0)
  }

  init(_ configuration: HNSWConfiguration, _ moment: Moment, calibratedCount: Int) {
    self.configuration = configuration
    published = Lock(moment)
    labelMap = Lock(nil)
    writer = Lock(WriterState(calibratedCount: calibratedCount))
  }

  /// The number of vectors.
  public var count: Int { moment.liveCount }

  /// The number of the last change that searches see.
  public var changeNumber: UInt64 { moment.change }

  var moment: Moment { published.withLock { $0 } }

  /// The index as it is now: for several searches that shall agree, and to make allow-lists.
  public func view() -> IndexView { IndexView(configuration: configuration, moment: moment) }

  /// Whether the label is in the index.
  ///
  /// - Throws: ``VectorIndexError/Code/corruptFile`` where the index comes from a damaged file.
  public func contains(label: UInt64) throws(VectorIndexError) -> Bool {
    try withSlot(of: label) { (_, _) in true } ?? false
  }

  /// The living slot of a label, which it keeps until the index is compacted; nil where the label is not in the index.
  ///
  /// - Throws: ``VectorIndexError/Code/corruptFile`` where the index comes from a damaged file.
  public func slot(label: UInt64) throws(VectorIndexError) -> Int? {
    try withSlot(of: label) { (_, slot) in slot }
  }

  /// The vector of a label, as it was given; nil where the label is not in the index.
  ///
  /// - Throws: ``VectorIndexError/Code/metricMismatch`` for an index of bits.
  public func vector(label: UInt64) throws(VectorIndexError) -> [Float]? {
    try withSlot(of: label) { (generation, slot) throws(VectorIndexError) in
      let space: Float32Space
      switch generation.space {
      case let full as Float32Space: space = full
      case let coded as CodedSpace: space = coded.full
      default: throw VectorIndexError(.metricMismatch, "the index holds bits; ask for bits(label:)")
      }
      try generation.integrity?.touch(.rows, slot)
      return Array(UnsafeBufferPointer(start: space.row(slot), count: configuration.dimension))
    }
  }

  /// The bits of a label, as they were given; nil where the label is not in the index.
  ///
  /// - Throws: ``VectorIndexError/Code/metricMismatch`` for an index of Float32 vectors.
  public func bits(label: UInt64) throws(VectorIndexError) -> BitVector? {
    try withSlot(of: label) { (generation, slot) throws(VectorIndexError) in
      guard let space = generation.space as? BitSpace else {
        throw VectorIndexError(.metricMismatch, "the index holds Float32 vectors; ask for vector(label:)")
      }
      try generation.integrity?.touch(.rows, slot)
      let words = UnsafeBufferPointer(start: space.row(slot), count: BitKernels.words(configuration.dimension))
      return try BitVector(count: configuration.dimension, words: Array(words))
    }
  }

  /// Calls `body` with the living slot of a label; nil where there is none.
  private func withSlot<Result>(
    of label: UInt64, _ body: (Generation, Int) throws(VectorIndexError) -> Result
  ) throws(VectorIndexError) -> Result? {
    try labelMap.withLock { (map) throws(VectorIndexError) in
      let now = moment
      if map == nil { map = try Self.makeLabelMap(now) }
      guard let slot = map?.slot(of: label) else { return nil }
      return try body(now.generation, slot)
    }
  }

  static func makeLabelMap(_ moment: Moment) throws(VectorIndexError) -> LabelMap {
    try moment.generation.integrity?.checkAll([.labels, .deaths])
    return LabelMap(slots: moment.generation.slots, slotCount: moment.slotCount, change: moment.change)
  }

  /// The k nearest vectors of the present moment, nearest first; see ``IndexView/search(_:k:options:)-([Float],_,_)``.
  public func search(
    _ query: [Float], k: Int, options: SearchOptions = SearchOptions()
  ) throws(VectorIndexError) -> [Neighbor] { try view().search(query, k: k, options: options) }

  /// The k nearest bit vectors of the present moment, nearest first.
  public func search(
    _ query: BitVector, k: Int, options: SearchOptions = SearchOptions()
  ) throws(VectorIndexError) -> [Neighbor] { try view().search(query, k: k, options: options) }

  /// Searches for many queries in one moment; see ``IndexView/searchBatch(_:k:options:threads:)``.
  public func searchBatch(
    _ queries: [Float], k: Int, options: SearchOptions = SearchOptions(), threads: Int = 1
  ) throws(VectorIndexError) -> [[Neighbor]] {
    try view().searchBatch(queries, k: k, options: options, threads: threads)
  }
}
