// SPDX-License-Identifier: Apache-2.0

/// The vectors of an index, packed by slot, and the distances between them.
///
/// The graph knows vectors only through this class: it asks for the distances of a whole neighbourhood in one call, so
/// that dynamic dispatch costs nothing beside them. A subclass for each element: ``Float32Space``, ``CodedSpace``,
/// ``BitSpace``.
///
/// *Walking* distances order vectors as the metric does, cheaply (squared L2, distances to 8-bit codes). *Exact*
/// distances are those of the metric's own formula over the full rows, before ``reported(_:)``.
///
/// Sendable: a slot is written before it is published and never after.
class VectorSpace: @unchecked Sendable {
  let dimension: Int
  let metric: Metric

  /// The rows that ``walk(_:_:_:_:)`` reads, for fetching them ahead.
  let walkRows: WalkRows

  init(dimension: Int, metric: Metric, walkRows: WalkRows) {
    self.dimension = dimension
    self.metric = metric
    self.walkRows = walkRows
  }

  /// The sections that hold the slots, in the order of the index file.
  var sections: [(kind: SectionKind, section: Section)] { [] }
  /// The sections that ``walk(_:_:_:_:)`` reads, record by slot.
  var walkKinds: [SectionKind] { sections.map(\.kind) }
  /// The sections that ``exact(_:_:_:_:)`` reads, record by slot.
  var exactKinds: [SectionKind] { walkKinds }
  /// The vectors that fit.
  var capacity: Int { 0 }
  /// Whether walking distances are approximate, so that results are ranked again by the exact ones.
  var walkIsApproximate: Bool { false }

  /// Writes a vector into a slot that nobody reads yet. `vector` has `dimension` elements of the space's kind.
  func store(_ vector: UnsafeRawPointer, at slot: Int) {}

  /// The vector of a slot as it was given: `dimension` elements of the space's kind.
  func vector(slot: Int) -> UnsafeRawPointer { walkRows.row(slot) }

  /// Makes a query of a vector. False where the metric has no distance from it (cosine of a zero vector).
  func prepare(_ vector: UnsafeRawPointer, into query: PreparedQuery) -> Bool { false }

  /// Makes a query of a stored vector, for walking distances only.
  ///
  /// - Parameter precisely: from the full row rather than from its codes; worth it for a query of many distances.
  func prepare(slot: Int, precisely: Bool, into query: PreparedQuery) {}

  /// Walking distances from the query to `count` slots. `distances` has room for `count` rounded up to 4.
  func walk(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) {}

  /// Exact distances from the query to `count` slots; NaN where there is none. Room as for ``walk(_:_:_:_:)``.
  func exact(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) { walk(query, slots, count, distances) }

  /// Whether the metric has distances to this vector.
  func hasDistance(slot: Int) -> Bool { true }

  /// Whether two slots hold the same vector, bit for bit.
  func equal(_ a: Int, _ b: Int) -> Bool { false }

  /// The metric's value for an exact distance.
  func reported(_ distance: Float) -> Float { distance }

  /// Asks for huge pages behind what searches read, once `slots` of them are large.
  func adviseHugePages(slots: Int) {
    for kind in sections { kind.section.region.adviseHugePages(used: slots &* kind.section.stride) }
  }

  /// Checks records that come from a file before they are used; returns what is wrong with them.
  func defect(in kind: SectionKind, records: Range<Int>) -> String? { nil }
}

extension VectorSpace {
  /// Calls `four` for four slots at a time, asking for rows a window ahead.
  ///
  /// The last group is filled up by repeating a slot, so that one kernel gives every distance and equal vectors have
  /// equal distances wherever they stand.
  @inline(__always)
  static func inFours(
    _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>, fetching rows: WalkRows,
    four: (UnsafePointer<UInt32>) -> SIMD4<Float>
  ) {
    var index = 0
    while index &+ 4 <= count {
      var ahead = index &+ rows.window
      let end = min(ahead &+ 4, count)
      while ahead < end {
        rows.fetch(Int(slots[ahead]))
        ahead &+= 1
      }
      UnsafeMutableRawPointer(distances + index).storeBytes(of: four(slots + index), as: SIMD4<Float>.self)
      index &+= 4
    }
    let rest = count &- index
    guard rest > 0 else { return }
    let last = slots[count &- 1]
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { group in
      guard let base = group.baseAddress else { return }
      for lane in 0..<4 { base[lane] = lane < rest ? slots[index &+ lane] : last }
      UnsafeMutableRawPointer(distances + index).storeBytes(of: four(base), as: SIMD4<Float>.self)
    }
  }
}
