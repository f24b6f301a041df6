// SPDX-License-Identifier: Apache-2.0

/// An index that computes every distance: the oracle that approximate search is judged by.
///
/// Its values are those of ``Distance``, and its answers are one defined list: equal distances come in the order of their
/// labels, also where the k-th place is decided among them. A vector without a distance from the query (of norm zero
/// under cosine; NaN) is never an answer.
///
/// ```swift
/// var index = try ExactIndex<[Float]>(dimension: 384, metric: .cosine)
/// try index.add(label: 7, vector: embedding)
/// let nearest = try index.search(query, k: 10)
/// ```
///
/// A value type: a copy is a snapshot, which shares memory until one of the two changes; that change copies it whole. A
/// search reads each allowed row once, at the speed of memory; a batch reads it once for many queries.
public struct ExactIndex<Vector: IndexableVector>: Sendable {
  /// The number of dimensions, or bits, of every vector.
  public let dimension: Int
  public let metric: Metric
  /// Packed without gaps: the last row takes the place of one that is removed.
  var rows: Vector.Rows
  /// Of each row.
  var labels: [UInt64] = []
  var rowOfLabel: [UInt64: Int] = [:]

  /// An empty index.
  ///
  /// - Throws: ``VectorIndexError`` with `invalidDimension` outside 1…16,000 (for bits 1…64,000, for sparse vectors 1…1,000,000,000), or `metricMismatch`
  ///   where the metric does not compare this kind of vectors.
  public init(dimension: Int, metric: Metric) throws(VectorIndexError) {
    rows = try Vector.Rows(dimension: dimension, metric: metric)
    self.dimension = dimension
    self.metric = metric
  }

  /// The number of vectors.
  public var count: Int { labels.count }

  /// Whether the label is in the index.
  public func contains(label: UInt64) -> Bool { rowOfLabel[label] != nil }

  /// The vector of a label, as it was given; nil where the label is not in the index.
  public func vector(label: UInt64) -> Vector? { rowOfLabel[label].map { rows.vector(row: $0) } }

  /// Adds a vector under a new label.
  ///
  /// - Throws: ``VectorIndexError`` with `duplicateLabel` where the label is there, `dimensionMismatch`, or `notFinite`;
  ///   nothing changes then.
  /// - Complexity: O(dimension), amortised.
  public mutating func add(label: UInt64, vector: Vector) throws(VectorIndexError) {
    try rows.check(vector)
    try checkNew(label)
    append(label, vector)
  }

  /// Adds a vector, or replaces the one of its label.
  ///
  /// - Throws: ``VectorIndexError`` with `dimensionMismatch` or `notFinite`; nothing changes then.
  /// - Complexity: O(dimension), amortised.
  public mutating func upsert(label: UInt64, vector: Vector) throws(VectorIndexError) {
    try rows.check(vector)
    if let row = rowOfLabel[label] {
      rows.replace(row: row, with: vector)
    } else {
      append(label, vector)
    }
  }

  /// Removes the vector of a label; false where there was none.
  ///
  /// - Complexity: O(dimension).
  @discardableResult
  public mutating func remove(label: UInt64) -> Bool {
    guard let row = rowOfLabel.removeValue(forKey: label) else { return false }
    rows.removeSwapping(row: row)
    let last = labels.removeLast()
    if row < labels.count {
      labels[row] = last
      rowOfLabel[last] = row
    }
    return true
  }

  private mutating func append(_ label: UInt64, _ vector: Vector) {
    rowOfLabel[label] = labels.count
    labels.append(label)
    rows.append(vector)
  }

  func checkNew(_ label: UInt64) throws(VectorIndexError) {
    guard rowOfLabel[label] == nil else {
      throw VectorIndexError(.duplicateLabel, "label \(label) is in the index already; upsert replaces its vector")
    }
  }
}
