// SPDX-License-Identifier: Apache-2.0

/// Vectors of one kind, dimension and metric, packed one after another and numbered from 0 without a gap, with the
/// distances to them.
///
/// A value type: a copy keeps what it had when the original changes. Distances are asked for by the block, so that the loop
/// over rows is compiled for the one kind whatever calls it.
public protocol PackedRows: Sendable {
  /// What is packed.
  associatedtype Vector: Sendable
  /// A query in the form that is compared with rows, made once for a search.
  associatedtype Query: Sendable

  /// No rows.
  ///
  /// - Throws: ``VectorIndexError`` with `invalidDimension` or `metricMismatch` where this kind has no such vectors.
  init(dimension: Int, metric: Metric) throws(VectorIndexError)

  /// The number of rows.
  var count: Int { get }

  /// The bytes that a distance reads of a row.
  var bytesPerRow: Int { get }

  /// Throws ``VectorIndexError`` for a vector that cannot be a row: of another dimension, or with a NaN or an infinity.
  func check(_ vector: Vector) throws(VectorIndexError)

  /// Adds a row behind the last, for a vector that ``check(_:)`` accepts.
  mutating func append(_ vector: Vector)

  /// Puts another vector, one that ``check(_:)`` accepts, in the place of a row.
  mutating func replace(row: Int, with vector: Vector)

  /// Removes a row and moves the last one into its place.
  mutating func removeSwapping(row: Int)

  /// The vector of a row, as it was given.
  func vector(row: Int) -> Vector

  /// Makes a query of a vector.
  ///
  /// - Throws: ``VectorIndexError`` as ``check(_:)`` does, and `zeroNormQuery` where the metric has no distance from the
  ///   vector.
  func prepare(_ query: Vector) throws(VectorIndexError) -> Query

  /// Writes the metric's values from a query to consecutive rows, NaN where there is none.
  ///
  /// A row's distance does not depend on where it stands: equal vectors have equal distances, bit for bit.
  ///
  /// - Parameters:
  ///   - rows: within 0 ..< ``count``.
  ///   - distances: room for one number a row.
  func distances(from query: Query, to rows: Range<Int>, into distances: UnsafeMutablePointer<Float>)

  /// As ``distances(from:to:into:)-(_,Range<Int>,_)``, for rows anywhere; the same values for the same rows.
  func distances(from query: Query, to rows: UnsafeBufferPointer<Int>, into distances: UnsafeMutablePointer<Float>)
}
