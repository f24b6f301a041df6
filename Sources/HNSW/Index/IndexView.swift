// SPDX-License-Identifier: Apache-2.0

/// One moment of an index: its vectors at one change number, whatever is written meanwhile.
///
/// Cheap to make; it keeps the memory of its moment alive, so it is not to be kept long across compactions.
public struct IndexView: Sendable {
  public let configuration: HNSWConfiguration
  let moment: Moment

  /// The number of the last change this view has.
  public var changeNumber: UInt64 { moment.change }
  /// The number of vectors.
  public var count: Int { moment.liveCount }
  /// Slots in use, dead ones included: the length of an allow-list.
  public var slotCount: Int { moment.slotCount }

  /// The label in a slot; nil for a slot that is dead or not in use.
  public func label(slot: Int) throws(VectorIndexError) -> UInt64? {
    guard (0..<slotCount).contains(slot) else { return nil }
    try moment.generation.integrity?.checkAll([.deaths])
    guard moment.generation.slots.isAlive(slot, at: changeNumber) else { return nil }
    try moment.generation.integrity?.touch(.labels, slot)
    return moment.generation.slots.label(slot)
  }

  /// Allows the given labels; those that are not in the index are passed over.
  ///
  /// Complexity: O(slots) for the first reading of the labels, so make a list once and search with it often.
  public func allowList(labels: some Sequence<UInt64>) throws(VectorIndexError) -> AllowList {
    let wanted = Set(labels)
    return try allowList { wanted.contains($0) }
  }

  /// Allows the vectors whose label the predicate accepts.
  ///
  /// Complexity: O(slots).
  public func allowList(where predicate: (UInt64) -> Bool) throws(VectorIndexError) -> AllowList {
    let generation = moment.generation
    try generation.integrity?.checkAll([.labels, .deaths])
    var words = [UInt64](repeating: 0, count: (slotCount + 63) / 64)
    for slot in 0..<slotCount where generation.slots.isAlive(slot, at: changeNumber) {
      if predicate(generation.slots.label(slot)) { words[slot / 64] |= 1 << UInt64(slot % 64) }
    }
    return AllowList(words: words, slots: generation.slots)
  }

  /// Allows slots by a bitmap of ``slotCount`` bits, bit i of word i / 64 for slot i; missing words allow nothing.
  ///
  /// For callers that keep their columns in the order of the slots.
  public func allowList(bitmap: [UInt64]) throws(VectorIndexError) -> AllowList {
    let generation = moment.generation
    try generation.integrity?.checkAll([.deaths])
    var words = Array(bitmap.prefix((slotCount + 63) / 64))
    if words.count * 64 > slotCount, slotCount % 64 != 0 { words[words.count - 1] &= 1 << UInt64(slotCount % 64) - 1 }
    if count < slotCount {
      for index in words.indices {
        var rest = words[index]
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          rest &= rest - 1
          if !generation.slots.isAlive(index * 64 + bit, at: changeNumber) { words[index] &= ~(1 << UInt64(bit)) }
        }
      }
    }
    return AllowList(words: words, slots: generation.slots)
  }

  /// The k nearest vectors, nearest first.
  ///
  /// If k vectors that are allowed and have a distance exist, k come back, or those within the limit. A view fixes what
  /// may be found; which of it an approximate search finds can differ while a writer changes links. Exact searches of
  /// one view always agree.
  ///
  /// - Throws: ``VectorIndexError`` for a query of the wrong dimension, with NaN or infinity, or of norm zero under
  ///   cosine; for a stale allow-list; for a damaged file.
  public func search(
    _ query: [Float], k: Int, options: SearchOptions = SearchOptions()
  ) throws(VectorIndexError) -> [Neighbor] {
    try searchExplained(query, k: k, options: options).neighbors
  }

  /// As ``search(_:k:options:)-([Float],_,_)``, with what was done.
  public func searchExplained(
    _ query: [Float], k: Int, options: SearchOptions = SearchOptions()
  ) throws(VectorIndexError) -> (neighbors: [Neighbor], explanation: SearchExplanation) {
    try checkFloat(k: k, options: options)
    try VectorRules.checkMatch(expected: configuration.dimension, actual: query.count)
    let searcher = searcher
    return try Self.withElements(query) { (elements) throws(VectorIndexError) in
      try VectorRules.checkFinite(elements)
      guard let start = elements.baseAddress else { return ([], .nothing) }
      return try searcher.search(start, k: k, options: options)
    }
  }

  /// The k nearest bit vectors, nearest first.
  public func search(
    _ query: BitVector, k: Int, options: SearchOptions = SearchOptions()
  ) throws(VectorIndexError) -> [Neighbor] {
    guard configuration.metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "the index holds Float32 vectors; a query of bits does not fit")
    }
    try checkArguments(k: k, options: options)
    try VectorRules.checkMatch(expected: configuration.dimension, actual: query.count)
    let searcher = searcher
    return try Self.withElements(query.words) { (words) throws(VectorIndexError) in
      guard let start = words.baseAddress else { return [] }
      return try searcher.search(start, k: k, options: options).0
    }
  }

  /// Searches for many queries, on several threads.
  ///
  /// - Parameters:
  ///   - queries: row-major, a multiple of the dimension.
  ///   - threads: at most one a query is used.
  /// - Returns: the results of each query, in the order of the queries.
  public func searchBatch(
    _ queries: [Float], k: Int, options: SearchOptions = SearchOptions(), threads: Int = 1
  ) throws(VectorIndexError) -> [[Neighbor]] {
    try checkFloat(k: k, options: options)
    let dimension = configuration.dimension
    guard queries.count % dimension == 0 else {
      throw VectorIndexError(
        .dimensionMismatch, "\(queries.count) numbers are no whole number of queries of \(dimension) dimensions")
    }
    guard threads >= 1 else { throw VectorIndexError(.invalidArgument, "threads must be at least 1, not \(threads)") }
    let rows = queries.count / dimension
    let searcher = searcher
    return try BatchRun.map(rows, threads: threads) { (row) throws(VectorIndexError) in
      try Self.withElements(queries) { (elements) throws(VectorIndexError) in
        let query = UnsafeBufferPointer(rebasing: elements[row * dimension..<(row + 1) * dimension])
        try VectorRules.checkFinite(query, row: row)
        guard let start = query.baseAddress else { return [] }
        return try searcher.search(start, k: k, options: options).0
      }
    }
  }

  private var searcher: Searcher {
    Searcher(
      generation: moment.generation, change: moment.change, slotCount: moment.slotCount,
      liveCount: moment.liveCount, configuration: configuration)
  }

  private func checkFloat(k: Int, options: SearchOptions) throws(VectorIndexError) {
    guard !configuration.metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "the index holds bits; a query of Float32 numbers does not fit")
    }
    try checkArguments(k: k, options: options)
  }

  private func checkArguments(k: Int, options: SearchOptions) throws(VectorIndexError) {
    guard k >= 0 else { throw VectorIndexError(.invalidArgument, "k must not be negative, but is \(k)") }
    guard options.efSearch >= 1 else {
      throw VectorIndexError(.invalidArgument, "efSearch must be at least 1, not \(options.efSearch)")
    }
    if let limit = options.distanceLimit, limit.isNaN {
      throw VectorIndexError(.invalidArgument, "the distance limit is NaN")
    }
    if count < slotCount { try moment.generation.integrity?.checkAll([.deaths]) }
  }

  private static func withElements<Element, Result>(
    _ array: [Element], _ body: (UnsafeBufferPointer<Element>) throws(VectorIndexError) -> Result
  ) throws(VectorIndexError) -> Result {
    try array.withUnsafeBufferPointer(body)
  }
}

extension SearchExplanation {
  static let nothing = SearchExplanation(
    planned: .exact, strategy: .exact, distanceComputations: 0, hops: 0, reranked: 0, allowed: 0)
}
