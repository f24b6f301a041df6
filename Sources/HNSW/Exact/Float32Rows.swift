// SPDX-License-Identifier: Apache-2.0

/// Float32 vectors, padded with zeros to a multiple of 8 numbers.
///
/// Distances are those of ``Distance``, bit for bit.
public struct Float32Rows: PackedRows {
  /// A vector in the form of a row.
  public struct Query: Sendable {
    let numbers: [Float]
    let squaredNorm: Float
  }

  let dimension: Int
  let metric: Metric
  /// Numbers in a row.
  private let padded: Int
  private var rows: RowBuffer
  /// For cosine, of each row.
  private var squaredNorms: [Float] = []

  public init(dimension: Int, metric: Metric) throws(VectorIndexError) {
    guard !metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "\(metric.rawValue) compares bit vectors, not Float32 vectors")
    }
    try VectorRules.checkDimension(dimension, metric: metric)
    self.dimension = dimension
    self.metric = metric
    padded = Float32Kernels.padded(dimension)
    rows = RowBuffer(stride: padded * 4)
  }

  public var count: Int { rows.count }
  public var bytesPerRow: Int { rows.stride }

  public func check(_ vector: [Float]) throws(VectorIndexError) {
    try VectorRules.checkMatch(expected: dimension, actual: vector.count)
    try vector.withUnsafeBufferPointer { (numbers) throws(VectorIndexError) in try VectorRules.checkFinite(numbers) }
  }

  public mutating func append(_ vector: [Float]) { vector.withUnsafeBufferPointer { append($0) } }

  /// Adds a row of `dimension` finite numbers.
  mutating func append(_ vector: UnsafeBufferPointer<Float>) {
    rows.append(UnsafeRawBufferPointer(vector))
    if metric == .cosine { squaredNorms.append(squaredNorm(row: count - 1)) }
  }

  /// Makes room for `count` more rows at once.
  mutating func reserve(_ count: Int) { rows.reserve(count) }

  public mutating func replace(row: Int, with vector: [Float]) {
    vector.withUnsafeBytes { rows.replace(row, with: $0) }
    if metric == .cosine { squaredNorms[row] = squaredNorm(row: row) }
  }

  public mutating func removeSwapping(row: Int) {
    rows.removeSwapping(row)
    guard metric == .cosine, let last = squaredNorms.popLast() else { return }
    if row < squaredNorms.count { squaredNorms[row] = last }
  }

  private func squaredNorm(row: Int) -> Float {
    rows.withRows { base in
      let start = base.assumingMemoryBound(to: Float.self) + row * padded
      return Float32Kernels.dot(start, start, padded)
    }
  }

  public func vector(row: Int) -> [Float] {
    precondition((0..<count).contains(row), "no row \(row) among \(count)")
    return rows.withRows { base in
      let start = base.assumingMemoryBound(to: Float.self) + row * padded
      return Array(UnsafeBufferPointer(start: start, count: dimension))
    }
  }

  public func prepare(_ query: [Float]) throws(VectorIndexError) -> Query {
    try check(query)
    let numbers = Float32Kernels.padded(query)
    guard metric == .cosine else { return Query(numbers: numbers, squaredNorm: 0) }
    guard query.contains(where: { $0 != 0 }) else { throw VectorRules.zeroNormQuery }
    let squaredNorm = numbers.withUnsafeBufferPointer { numbers in
      numbers.baseAddress.map { Float32Kernels.dot($0, $0, numbers.count) } ?? 0
    }
    return Query(numbers: numbers, squaredNorm: squaredNorm)
  }

  public func distances(from query: Query, to rows: Range<Int>, into distances: UnsafeMutablePointer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "no rows \(rows) among \(count)")
    write(.consecutive(rows), query, into: distances)
  }

  public func distances(
    from query: Query, to rows: UnsafeBufferPointer<Int>, into distances: UnsafeMutablePointer<Float>
  ) {
    precondition(rows.allSatisfy((0..<count).contains), "rows must be below \(count)")
    write(.listed(rows), query, into: distances)
  }

  private func write(_ selection: RowSelection, _ query: Query, into distances: UnsafeMutablePointer<Float>) {
    query.numbers.withUnsafeBufferPointer { numbers in
      squaredNorms.withUnsafeBufferPointer { norms in
        rows.withRows { base in
          guard let start = numbers.baseAddress else { return }
          let scan = Float32Scan(query: start, base: base.assumingMemoryBound(to: Float.self), padded: padded)
          switch metric {
          case .cosine:
            guard let norms = norms.baseAddress else { return }
            let measure = CosineMeasure(squaredNorm: query.squaredNorm, squaredNorms: norms)
            scan.write(selection, measure, into: distances)
          case .innerProduct: scan.write(selection, InnerProductMeasure(), into: distances)
          case .l1: scan.write(selection, TaxicabMeasure(), into: distances)
          default: scan.write(selection, EuclideanMeasure(), into: distances)
          }
        }
      }
    }
  }
}

extension Array: IndexableVector where Element == Float {
  public typealias Rows = Float32Rows
}
