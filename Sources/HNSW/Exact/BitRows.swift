// SPDX-License-Identifier: Apache-2.0

/// Bit vectors, packed 64 bits to a word.
///
/// Distances are those of ``Distance``, bit for bit.
public struct BitRows: PackedRows {
  /// A vector in the form of a row.
  public struct Query: Sendable {
    let words: [UInt64]
    let population: Int
  }

  let dimension: Int
  let metric: Metric
  /// Words in a row.
  private let words: Int
  private var rows: RowBuffer
  /// For Jaccard, the number of bits set in each row.
  private var populations: [Int] = []

  public init(dimension: Int, metric: Metric) throws(VectorIndexError) {
    guard metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "\(metric.rawValue) compares Float32 vectors, not bit vectors")
    }
    try VectorRules.checkDimension(dimension, metric: metric)
    self.dimension = dimension
    self.metric = metric
    words = BitKernels.words(dimension)
    rows = RowBuffer(stride: words * 8)
  }

  public var count: Int { rows.count }
  public var bytesPerRow: Int { rows.stride }

  public func check(_ vector: BitVector) throws(VectorIndexError) {
    try VectorRules.checkMatch(expected: dimension, actual: vector.count)
  }

  public mutating func append(_ vector: BitVector) {
    vector.words.withUnsafeBytes { rows.append($0) }
    if metric == .jaccard { populations.append(Self.population(vector)) }
  }

  public mutating func replace(row: Int, with vector: BitVector) {
    vector.words.withUnsafeBytes { rows.replace(row, with: $0) }
    if metric == .jaccard { populations[row] = Self.population(vector) }
  }

  public mutating func removeSwapping(row: Int) {
    rows.removeSwapping(row)
    guard metric == .jaccard, let last = populations.popLast() else { return }
    if row < populations.count { populations[row] = last }
  }

  private static func population(_ vector: BitVector) -> Int { vector.words.reduce(0) { $0 + $1.nonzeroBitCount } }

  public func vector(row: Int) -> BitVector {
    precondition((0..<count).contains(row), "no row \(row) among \(count)")
    return rows.withRows { base in
      let start = base.assumingMemoryBound(to: UInt64.self) + row * words
      return BitVector(row: UnsafeBufferPointer(start: start, count: words), count: dimension)
    }
  }

  public func prepare(_ query: BitVector) throws(VectorIndexError) -> Query {
    try check(query)
    return Query(words: query.words, population: Self.population(query))
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
    rows.withRows { base in
      let base = base.assumingMemoryBound(to: UInt64.self)
      query.words.withUnsafeBufferPointer { buffer in
        guard let bits = buffer.baseAddress else { return }
        if metric == .hamming {
          for index in 0..<count {
            distances[index] = Float(BitKernels.hamming(bits, base + row(index) &* words, words))
          }
        } else {
          populations.withUnsafeBufferPointer { populations in
            for index in 0..<count {
              let row = row(index)
              distances[index] = BitKernels.jaccard(
                bits, base + row &* words, words, populations: query.population &+ populations[row])
            }
          }
        }
      }
    }
  }
}

extension BitVector: IndexableVector {
  public typealias Rows = BitRows

  /// A vector from the words of one that was checked.
  fileprivate init(row words: UnsafeBufferPointer<UInt64>, count: Int) {
    self.count = count
    self.words = Array(words)
  }
}
