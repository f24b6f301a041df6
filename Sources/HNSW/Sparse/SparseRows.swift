// SPDX-License-Identifier: Apache-2.0

/// Sparse vectors, each in memory of its own: their sizes differ.
///
/// Distances are those of ``Distance``, bit for bit.
public struct SparseRows: PackedRows {
  /// A vector with its squared norm.
  public struct Query: Sendable {
    let vector: SparseVector
    let squaredNorm: Float
  }

  let dimension: Int
  let metric: Metric
  private var rows: [Query] = []
  /// Numbers in all rows.
  private var numbers = 0

  public init(dimension: Int, metric: Metric) throws(VectorIndexError) {
    try VectorRules.checkNumeric(metric, "sparse")
    try VectorRules.checkSparseDimension(dimension)
    self.dimension = dimension
    self.metric = metric
  }

  public var count: Int { rows.count }
  /// Of a row in the mean.
  public var bytesPerRow: Int { 8 * numbers / max(rows.count, 1) }

  public func check(_ vector: SparseVector) throws(VectorIndexError) {
    try VectorRules.checkMatch(expected: dimension, actual: vector.dimension)
  }

  public mutating func append(_ vector: SparseVector) {
    rows.append(row(vector))
    numbers += vector.values.count
  }

  public mutating func replace(row: Int, with vector: SparseVector) {
    numbers += vector.values.count - rows[row].vector.values.count
    rows[row] = self.row(vector)
  }

  public mutating func removeSwapping(row: Int) {
    numbers -= rows[row].vector.values.count
    rows.swapAt(row, rows.count - 1)
    rows.removeLast()
  }

  private func row(_ vector: SparseVector) -> Query {
    Query(vector: vector, squaredNorm: metric == .cosine ? SparseKernels.squaredNorm(vector) : 0)
  }

  public func vector(row: Int) -> SparseVector { rows[row].vector }

  public func prepare(_ query: SparseVector) throws(VectorIndexError) -> Query {
    try check(query)
    // There are no zeros among the numbers.
    guard metric != .cosine || !query.values.isEmpty else { throw VectorRules.zeroNormQuery }
    return row(query)
  }

  public func distances(from query: Query, to rows: Range<Int>, into distances: UnsafeMutablePointer<Float>) {
    for (place, row) in rows.enumerated() { distances[place] = distance(query, row) }
  }

  public func distances(
    from query: Query, to rows: UnsafeBufferPointer<Int>, into distances: UnsafeMutablePointer<Float>
  ) {
    for (place, row) in rows.enumerated() { distances[place] = distance(query, row) }
  }

  private func distance(_ query: Query, _ row: Int) -> Float {
    SparseKernels.distance(
      query.vector, rows[row].vector, metric: metric, squaredNorms: (query.squaredNorm, rows[row].squaredNorm))
  }
}

extension SparseVector: IndexableVector {
  public typealias Rows = SparseRows
}
