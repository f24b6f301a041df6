// SPDX-License-Identifier: Apache-2.0

/// What a vector must be like to enter an index or a query: pgvector's rules for its types.
enum VectorRules {
  /// pgvector's limit for `vector`.
  static let dimensions = 1...16_000
  /// pgvector's limit for indexed `bit` columns.
  static let bits = 1...64_000
  /// pgvector's limit for `sparsevec`.
  static let sparseDimensions = 1...1_000_000_000
  /// The numbers other than zero that pgvector's `sparsevec` holds.
  static let nonZeros = 16_000

  static func checkDimension(_ dimension: Int, metric: Metric) throws(VectorIndexError) {
    let range = metric.isBinary ? bits : dimensions
    guard range.contains(dimension) else {
      throw VectorIndexError(
        .invalidDimension,
        "a vector must have \(range.lowerBound) to \(range.upperBound) \(metric.isBinary ? "bits" : "dimensions"), "
          + "not \(dimension)")
    }
  }

  static func checkSparseDimension(_ dimension: Int) throws(VectorIndexError) {
    guard sparseDimensions.contains(dimension) else {
      throw VectorIndexError(
        .invalidDimension,
        "a sparse vector must have \(sparseDimensions.lowerBound) to \(sparseDimensions.upperBound) dimensions, not \(dimension)"
      )
    }
  }

  /// Throws for a metric of bits, where there are numbers.
  static func checkNumeric(_ metric: Metric, _ kind: String) throws(VectorIndexError) {
    guard !metric.isBinary else {
      throw VectorIndexError(.metricMismatch, "\(metric.rawValue) compares bit vectors, not \(kind) vectors")
    }
  }

  static func checkMatch(expected: Int, actual: Int) throws(VectorIndexError) {
    guard expected == actual else {
      throw VectorIndexError(.dimensionMismatch, "expected \(expected) dimensions, not \(actual)")
    }
  }

  static var zeroNormQuery: VectorIndexError {
    VectorIndexError(
      .zeroNormQuery, "cosine distance from a query of norm zero is undefined; the query has no direction")
  }

  /// Throws for a NaN or an infinity and names where it is.
  ///
  /// - Parameter row: the vector's place in its batch, for the message.
  static func checkFinite(_ vector: UnsafeBufferPointer<Float>, row: Int? = nil) throws(VectorIndexError) {
    guard let start = vector.baseAddress else { return }
    // x·0 is 0 for every finite x and NaN otherwise: one pass without a branch finds out whether a second is needed.
    var sum = SIMD8<Float>()
    var index = 0
    while index &+ 8 <= vector.count {
      sum += UnsafeRawPointer(start + index).loadUnaligned(as: SIMD8<Float>.self) * 0
      index &+= 8
    }
    var rest = sum.laneSum
    while index < vector.count {
      rest += start[index] * 0
      index &+= 1
    }
    guard rest != 0 else { return }
    let position = vector.firstIndex { !$0.isFinite } ?? 0
    let what = vector[position].isNaN ? "NaN" : "infinite value"
    let place = row.map { " of vector \($0)" } ?? ""
    throw VectorIndexError(.notFinite, "\(what) not allowed in vector: element \(position)\(place)")
  }
}
