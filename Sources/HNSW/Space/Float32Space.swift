// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Float32 rows, as they came.
final class Float32Space: VectorSpace, @unchecked Sendable {
  let rows: Section
  /// 1/‖x‖ for cosine; NaN marks a vector without a distance.
  let inverseNorms: Section?
  private let padded: Int

  init(dimension: Int, metric: Metric, wantedRecords: Int, minimumRecords: Int) throws(VectorIndexError) {
    padded = Float32Kernels.padded(dimension)
    rows = try Section(stride: padded * 4, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    if metric == .cosine {
      inverseNorms = try Section(stride: 4, wantedRecords: rows.capacity, minimumRecords: minimumRecords)
    } else {
      inverseNorms = nil
    }
    super.init(
      dimension: dimension, metric: metric, walkRows: WalkRows(rows: rows, constants: inverseNorms))
  }

  override var sections: [(kind: SectionKind, section: Section)] {
    [(.rows, rows)] + (inverseNorms.map { [(.inverseNorms, $0)] } ?? [])
  }

  override var capacity: Int { min(rows.capacity, inverseNorms?.capacity ?? .max) }

  /// The row of a slot, padded with zeros.
  @inline(__always)
  func row(_ slot: Int) -> UnsafeMutablePointer<Float> { rows.pointer(Float.self) + slot &* padded }

  /// The factor that scales a row to unit norm under cosine.
  @inline(__always)
  func inverseNorm(_ slot: Int) -> Float { inverseNorms.map { $0.pointer(Float.self)[slot] } ?? 1 }

  override func store(_ vector: UnsafeRawPointer, at slot: Int) {
    let row = row(slot)
    UnsafeMutableRawPointer(row).copyMemory(from: vector, byteCount: dimension &* 4)
    for index in dimension..<padded { row[index] = 0 }
    if let inverseNorms { inverseNorms.pointer(Float.self)[slot] = Norm.inverse(row, dimension, padded: padded) }
  }

  override func prepare(_ vector: UnsafeRawPointer, into query: PreparedQuery) -> Bool {
    UnsafeMutableRawPointer(query.floats).copyMemory(from: vector, byteCount: dimension &* 4)
    guard metric == .cosine else { return true }
    let factor = Norm.inverse(query.floats, dimension, padded: padded)
    guard !factor.isNaN else { return false }
    for index in 0..<dimension { query.floats[index] *= factor }
    return true
  }

  override func prepare(slot: Int, precisely: Bool, into query: PreparedQuery) {
    let factor = inverseNorm(slot)
    let row = row(slot)
    for index in 0..<dimension { query.floats[index] = row[index] * factor }
  }

  override func walk(
    _ query: PreparedQuery, _ slots: UnsafePointer<UInt32>, _ count: Int, _ distances: UnsafeMutablePointer<Float>
  ) {
    let base = UnsafePointer(rows.pointer(Float.self))
    let padded = self.padded
    let floats = UnsafePointer(query.floats)
    switch metric {
    case .cosine:
      guard let inverseNorms else { return }
      let factors = UnsafePointer(inverseNorms.pointer(Float.self))
      Self.inFours(
        slots, count, distances, fetching: walkRows,
        four: { group in
          let scale = SIMD4(
            factors[Int(group[0])], factors[Int(group[1])], factors[Int(group[2])], factors[Int(group[3])])
          return 1 - Float32Kernels.dot4(floats, FourRows(base, stride: padded, slots: group), padded) * scale
        })
    case .innerProduct:
      Self.inFours(
        slots, count, distances, fetching: walkRows,
        four: { 0 - Float32Kernels.dot4(floats, FourRows(base, stride: padded, slots: $0), padded) })
    case .l1:
      Self.inFours(
        slots, count, distances, fetching: walkRows,
        four: { Float32Kernels.l1x4(floats, FourRows(base, stride: padded, slots: $0), padded) })
    default:
      Self.inFours(
        slots, count, distances, fetching: walkRows,
        four: { Float32Kernels.squaredL2x4(floats, FourRows(base, stride: padded, slots: $0), padded) })
    }
  }

  override func hasDistance(slot: Int) -> Bool { !inverseNorm(slot).isNaN }

  override func equal(_ a: Int, _ b: Int) -> Bool {
    memcmp(row(a), row(b), dimension &* 4) == 0
  }

  /// Cosine is clamped to 0…2, as pgvector does; L2 is the root of what the kernels add up.
  override func reported(_ distance: Float) -> Float {
    switch metric {
    case .cosine: min(max(distance, 0), 2)
    case .l2: distance.squareRoot()
    default: distance
    }
  }

  override func defect(in kind: SectionKind, records: Range<Int>) -> String? {
    switch kind {
    case .rows:
      for slot in records {
        let row = UnsafeBufferPointer(start: row(slot), count: padded)
        do { try VectorRules.checkFinite(row) } catch { return "row \(slot) holds a number that is not finite" }
      }
    case .inverseNorms:
      for slot in records where inverseNorm(slot).isInfinite || inverseNorm(slot) < 0 {
        return "the norm of row \(slot) is impossible"
      }
    default: break
    }
    return nil
  }
}
