// SPDX-License-Identifier: Apache-2.0

/// Vectors in half precision, padded with zeros to a multiple of 8 numbers.
///
/// A row is widened to single precision when it is compared. Distances are those of ``Distance``, bit for bit.
public struct HalfRows: PackedRows {
  /// A vector in single precision, padded.
  public struct Query: Sendable {
    let numbers: [Float]
    let squaredNorm: Float
  }

  let dimension: Int
  let metric: Metric
  /// Numbers in a row.
  private let padded: Int
  private var rows: RowBuffer

  public init(dimension: Int, metric: Metric) throws(VectorIndexError) {
    try VectorRules.checkNumeric(metric, "half-precision")
    try VectorRules.checkDimension(dimension, metric: metric)
    self.dimension = dimension
    self.metric = metric
    padded = Float32Kernels.padded(dimension)
    rows = RowBuffer(stride: padded * 2)
  }

  public var count: Int { rows.count }
  public var bytesPerRow: Int { rows.stride }

  public func check(_ vector: HalfVector) throws(VectorIndexError) {
    try VectorRules.checkMatch(expected: dimension, actual: vector.count)
  }

  public mutating func append(_ vector: HalfVector) { vector.bitPatterns.withUnsafeBytes { rows.append($0) } }

  public mutating func replace(row: Int, with vector: HalfVector) {
    vector.bitPatterns.withUnsafeBytes { rows.replace(row, with: $0) }
  }

  public mutating func removeSwapping(row: Int) { rows.removeSwapping(row) }

  public func vector(row: Int) -> HalfVector {
    precondition((0..<count).contains(row), "no row \(row) among \(count)")
    return rows.withRows { base in
      let start = base.assumingMemoryBound(to: UInt16.self) + row * padded
      return HalfVector(row: UnsafeBufferPointer(start: start, count: dimension))
    }
  }

  public func prepare(_ query: HalfVector) throws(VectorIndexError) -> Query {
    try check(query)
    let numbers = Float32Kernels.padded(query.floats)
    guard metric == .cosine else { return Query(numbers: numbers, squaredNorm: 0) }
    guard numbers.contains(where: { $0 != 0 }) else { throw VectorRules.zeroNormQuery }
    let squaredNorm = numbers.withUnsafeBufferPointer { numbers in
      numbers.baseAddress.map { Float32Kernels.dot($0, $0, numbers.count) } ?? 0
    }
    return Query(numbers: numbers, squaredNorm: squaredNorm)
  }

  public func distances(from query: Query, to rows: Range<Int>, into distances: UnsafeMutablePointer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "no rows \(rows) among \(count)")
    write(distances, rows.count, query) { rows.lowerBound &+ $0 }
  }

  public func distances(
    from query: Query, to rows: UnsafeBufferPointer<Int>, into distances: UnsafeMutablePointer<Float>
  ) {
    precondition(rows.allSatisfy((0..<count).contains), "rows must be below \(count)")
    guard let numbers = rows.baseAddress else { return }
    write(distances, rows.count, query) { numbers[$0] }
  }

  @inline(__always)
  private func write(_ distances: UnsafeMutablePointer<Float>, _ count: Int, _ query: Query, row: (Int) -> Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: padded) { wide in
      query.numbers.withUnsafeBufferPointer { numbers in
        rows.withRows { base in
          guard let start = numbers.baseAddress, let wide = wide.baseAddress else { return }
          for index in 0..<count {
            widen(base + row(index) &* rows.stride, into: wide)
            distances[index] = distance(start, query.squaredNorm, wide)
          }
        }
      }
    }
  }

  @inline(__always)
  private func widen(_ row: UnsafeRawPointer, into wide: UnsafeMutablePointer<Float>) {
    var index = 0
    while index < padded {
      let eight = HalfFloat.floats8(row.loadUnaligned(fromByteOffset: 2 &* index, as: SIMD8<UInt16>.self))
      UnsafeMutableRawPointer(wide + index).storeBytes(of: eight, as: SIMD8<Float>.self)
      index &+= 8
    }
  }

  @inline(__always)
  private func distance(_ query: UnsafePointer<Float>, _ squaredNorm: Float, _ row: UnsafePointer<Float>) -> Float {
    switch metric {
    case .cosine:
      Distance.cosine(
        dot: Float32Kernels.dot(query, row, padded), squaredNorm: squaredNorm,
        squaredNorm: Float32Kernels.dot(row, row, padded))
    case .innerProduct: Distance.negated(dot: Float32Kernels.dot(query, row, padded))
    case .l1: Float32Kernels.l1(query, row, padded)
    default: Float32Kernels.squaredL2(query, row, padded).squareRoot()
    }
  }
}

extension HalfVector: IndexableVector {
  public typealias Rows = HalfRows
}
