// SPDX-License-Identifier: Apache-2.0

/// 8-bit codes for walking, in front of the Float32 rows that rank the results.
///
/// A vector x (scaled to unit norm for cosine) is written as x ≈ center + scale · (c − 128) with one byte c for each
/// dimension and a scale of its own, so that a row of any magnitude uses all 255 steps and no row is ever clipped. The
/// center is the mean of a sample: for data that is not centred, the steps measure what tells vectors apart.
///
/// Distances use the geometry of the *decoded* vector û = scale · (c − 128): for L2 and cosine ‖q − û‖², whose error
/// 2(q−x)·e falls with the distance, rather than ‖q‖² + ‖x‖² − 2 q·û, whose error 2q·e does not. The integer sums are
/// exact; a query's weights have up to 16 bits, so that only the stored side is rounded to 8.
final class CodedSpace: VectorSpace, @unchecked Sendable {
  let full: Float32Space
  let codes: Section
  /// (scale, bias) for each row.
  let constants: Section
  /// The mean that codes are relative to, padded with zeros; fixed for the life of the space.
  let center: Section
  private let padded: Int

  private typealias Constants = SIMD2<Float>

  init(full: Float32Space, wantedRecords: Int, minimumRecords: Int) throws(VectorIndexError) {
    self.full = full
    padded = CodeKernels.padded(full.dimension)
    codes = try Section(stride: padded, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    constants = try Section(stride: 8, wantedRecords: codes.capacity, minimumRecords: minimumRecords)
    center = try Section(stride: padded * 4, wantedRecords: 1, minimumRecords: 1)
    super.init(
      dimension: full.dimension, metric: full.metric, walkRows: WalkRows(rows: codes, constants: constants))
  }

  override var sections: [(kind: SectionKind, section: Section)] {
    full.sections + [(.codes, codes), (.codeConstants, constants), (.center, center)]
  }

  /// With the norms, by which a scan knows the rows that have no distance.
  override var walkKinds: [SectionKind] { [.codes, .codeConstants] + full.walkKinds.filter { $0 != .rows } }
  override var exactKinds: [SectionKind] { full.walkKinds }

  override var capacity: Int { min(full.capacity, codes.capacity, constants.capacity) }

  override var walkIsApproximate: Bool { true }

  private var centerPoint: UnsafeMutablePointer<Float> { center.pointer(Float.self) }

  @inline(__always)
  private func code(_ slot: Int) -> UnsafeMutablePointer<UInt8> { codes.pointer(UInt8.self) + slot &* padded }

  /// Sets the center to the mean of the given rows. To be called before the first vector is stored.
  func calibrate(meanOf sample: some Sequence<UnsafePointer<Float>>) {
    var sums = [Double](repeating: 0, count: dimension)
    var count = 0.0
    let scratch = PreparedQuery(dimension: dimension)
    for row in sample {
      guard full.prepare(row, into: scratch) else { continue }
      count += 1
      for index in 0..<dimension { sums[index] += Double(scratch.floats[index]) }
    }
    guard count > 0 else { return }
    for index in 0..<dimension { centerPoint[index] = Float(sums[index] / count) }
  }

  /// How far another center is, as a part of the typical distance of this space's vectors from theirs.
  func centerShift(to other: CodedSpace, sampling slots: some Sequence<Int>) -> Float {
    let shift = Float32Kernels.squaredL2(centerPoint, other.centerPoint, Float32Kernels.padded(dimension))
    var spread: Float = 0
    var count: Float = 0
    let scratch = PreparedQuery(dimension: dimension)
    for slot in slots where full.hasDistance(slot: slot) {
      full.prepare(slot: slot, precisely: true, into: scratch)
      spread += Float32Kernels.squaredL2(scratch.floats, other.centerPoint, Float32Kernels.padded(dimension))
      count += 1
    }
    guard count > 0, spread > 0 else { return 0 }
    return (shift / (spread / count)).squareRoot()
  }

  override func vector(slot: Int) -> UnsafeRawPointer { full.vector(slot: slot) }

  override func store(_ vector: UnsafeRawPointer, at slot: Int) {
    full.store(vector, at: slot)
    encode(slot)
  }

  /// Asks for huge pages behind the codes alone.
  func adviseCodeHugePages(slots: Int) {
    for section in [codes, constants] { section.region.adviseHugePages(used: slots &* section.stride) }
  }

  /// Writes the codes of a slot from its full row.
  func encode(_ slot: Int) {
    let row = full.row(slot)
    let factor = full.hasDistance(slot: slot) ? full.inverseNorm(slot) : 0
    let code = code(slot)
    let center = centerPoint
    var extreme: Float = 0
    for index in 0..<dimension { extreme = max(extreme, (row[index] * factor - center[index]).magnitude) }
    // Halves on the way up keep the difference of two huge numbers finite; its codes are then merely coarse.
    // A scale below the normal numbers would have no finite inverse.
    let scale = extreme.isFinite && extreme > 0 ? max(extreme / 127, .leastNormalMagnitude) : 1
    let inverse = 1 / scale
    var squares: Int64 = 0
    for index in 0..<dimension {
      let level = ((row[index] * factor - center[index]) * inverse).rounded()
      let step = Int32(max(-127, min(127, level.isNaN ? 0 : level)))
      code[index] = UInt8(truncatingIfNeeded: step &+ 128)
      squares &+= Int64(step &* step)
    }
    for index in dimension..<padded { code[index] = 128 }
    let norm = scale * scale * Float(squares)
    let bias: Float =
      switch metric {
      case .cosine: norm / 2
      case .l2: norm
      default: 0
      }
    constants.pointer(Constants.self)[slot] = Constants(scale, bias)
  }

  override func prepare(_ vector: UnsafeRawPointer, into query: PreparedQuery) -> Bool {
    guard full.prepare(vector, into: query) else { return false }
    weigh(query)
    return true
  }

  override func prepare(slot: Int, precisely: Bool, into query: PreparedQuery) {
    switch metric {
    case .cosine where !precisely, .l2 where !precisely:
      // The row's own codes are its weights.
      let code = code(slot)
      let constants = constants.pointer(Constants.self)[slot]
      var sum: Int32 = 0
      for index in 0..<dimension {
        let step = Int16(code[index]) &- 128
        query.weights[index] = step
        sum &+= Int32(step)
      }
      query.zeroPoint = sum &* 128
      query.offset = constants.y
      query.factor = (metric == .cosine ? -1 : -2) * constants.x
    default:
      full.prepare(slot: slot, precisely: true, into: query)
      weigh(query)
    }
  }

  /// Rounds a prepared Float32 query to weights.
  private func weigh(_ query: PreparedQuery) {
    let centred = query.centred
    let center = centerPoint
    var offset: Float = 0
    switch metric {
    case .innerProduct:
      // q·x = q·center + q·û: the query's own coordinates meet the codes.
      for index in 0..<dimension { centred[index] = query.floats[index] }
      offset = 0 - Float32Kernels.dot(query.floats, center, Float32Kernels.padded(dimension))
    default:
      for index in 0..<dimension { centred[index] = query.floats[index] - center[index] }
      let norm = Float32Kernels.dot(centred, centred, Float32Kernels.padded(dimension))
      offset = metric == .cosine ? norm / 2 : norm
    }
    guard metric != .l1 else { return }
    var extreme: Float = 0
    var total: Float = 0
    for index in 0..<dimension {
      extreme = max(extreme, centred[index].magnitude)
      total += centred[index].magnitude
    }
    guard extreme > 0, extreme.isFinite, total.isFinite else {
      for index in 0..<dimension { query.weights[index] = 0 }
      (query.zeroPoint, query.offset, query.factor) = (0, offset, 0)
      return
    }
    // Σ|w| · 255 must stay below 2³¹; 8.3 million leaves room for the rounding of 16,000 weights.
    let levels = min(32_767, (8_300_000 * (extreme / total)).rounded(.down))
    let scale = max(extreme / levels, .leastNormalMagnitude)
    let inverse = 1 / scale
    var sum: Int32 = 0
    for index in 0..<dimension {
      let level = Int32((centred[index] * inverse).rounded())
      query.weights[index] = Int16(truncatingIfNeeded: max(-32_767, min(32_767, level)))
      sum &+= level
    }
    query.zeroPoint = sum &* 128
    query.offset = offset
    query.factor = (metric == .l2 ? -2 : -1) * scale
  }

  override func walk(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) {
    let base = UnsafePointer(codes.pointer(UInt8.self))
    let constants = UnsafePointer(self.constants.pointer(Constants.self))
    let padded = self.padded
    guard metric != .l1 else {
      for index in 0..<count {
        let slot = Int(slots[index])
        distances[index] = CodeKernels.l1(
          query.centred, base + slot &* padded, scale: constants[slot].x, padded)
      }
      return
    }
    let weights = UnsafePointer(query.weights)
    let zeroPoint = SIMD4<Int32>(repeating: query.zeroPoint)
    let offset = SIMD4<Float>(repeating: query.offset)
    let factor = SIMD4<Float>(repeating: query.factor)
    Self.inFours(
      slots, count, distances, fetching: walkRows,
      four: { group in
        let sums = CodeKernels.dot4(weights, FourRows(base, stride: padded, slots: group), padded) &- zeroPoint
        let c0 = constants[Int(group[0])]
        let c1 = constants[Int(group[1])]
        let c2 = constants[Int(group[2])]
        let c3 = constants[Int(group[3])]
        let scales = SIMD4(c0.x, c1.x, c2.x, c3.x)
        let biases = SIMD4(c0.y, c1.y, c2.y, c3.y)
        return offset + biases + factor * scales * SIMD4<Float>(sums)
      })
  }

  override func exact(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) { full.walk(query, slots, count, distances) }

  override func hasDistance(slot: Int) -> Bool { full.hasDistance(slot: slot) }
  override func equal(_ a: Int, _ b: Int) -> Bool { full.equal(a, b) }
  override func reported(_ distance: Float) -> Float { full.reported(distance) }
  override func limit(fromReported limit: Float) -> Float { full.limit(fromReported: limit) }

  override func defect(in kind: SectionKind, records: Range<Int>) -> String? {
    switch kind {
    case .codeConstants:
      for slot in records {
        let values = constants.pointer(Constants.self)[slot]
        guard values.x.isFinite, !values.y.isNaN else { return "the code constants of row \(slot) are impossible" }
      }
      return nil
    case .center:
      for index in 0..<padded where !centerPoint[index].isFinite { return "the center is not finite" }
      return nil
    default:
      return full.defect(in: kind, records: records)
    }
  }
}
