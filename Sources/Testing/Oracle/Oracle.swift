// SPDX-License-Identifier: Apache-2.0

public import HNSW
import VectorStoreCore

/// What the nearest rows to a query are, computed from all of them: it says whether somebody's SQL answers right.
///
/// ```swift
/// @Test func theQueryFindsTheNearest() async throws {
///   let rows = try await myRows()    // SELECT id, embedding FROM items
///   let oracle = try Oracle(rows: rows.map { (id: $0.id, vector: $0.embedding) }, metric: .cosine)
///   for query in queries {
///     let answer = try await mySearch(query, limit: 10)    // … ORDER BY embedding <=> $1 LIMIT 10
///     let report = try oracle.check(answer: answer.map { (id: $0.id, distance: $0.distance) }, query: query, k: 10)
///     #expect(report.isPassed, "\(report)")
///   }
/// }
/// ```
///
/// Distances are in pgvector's convention: `<#>` is the negated inner product. Of rows at one distance any may come, in any order,
/// and distances count as one where the bounds of ``AllowedDistances`` cannot tell them apart.
public struct Oracle<Vector: OracleVector>: Sendable {
  /// How far rows are from a query.
  public let metric: Metric
  let ids: [String]
  let vectors: [Vector]
  let rowOfID: [ByteKey: Int]
  /// The engine, whose answers are given beside others. Nil without rows.
  private let index: ExactIndex<Vector>?

  /// An oracle of these rows.
  ///
  /// - Throws: `VectorIndexError` for vectors of several dimensions, a NaN or an infinity, a metric that does not compare such
  ///   vectors, and with `duplicateLabel` for an id that comes twice.
  /// - Complexity: O(rows · dimension).
  public init(rows: [(id: String, vector: Vector)], metric: Metric) throws {
    self.metric = metric
    ids = rows.map(\.id)
    vectors = rows.map(\.vector)
    var index = try rows.first.map { try ExactIndex<Vector>(dimension: $0.vector.dimensionCount, metric: metric) }
    var rowOfID: [ByteKey: Int] = [:]
    for (row, (id, vector)) in rows.enumerated() {
      guard rowOfID.updateValue(row, forKey: ByteKey(id)) == nil else {
        throw VectorIndexError(.duplicateLabel, "the id '\(id)' comes twice")
      }
      try index?.add(label: UInt64(row), vector: vector)
    }
    self.index = index
    self.rowOfID = rowOfID
  }

  /// The number of rows.
  public var count: Int { ids.count }

  /// The engine's answer: the nearest rows, nearest first, those first that were given first among equal distances.
  ///
  /// - Parameter allowed: the ids of rows that may be found; nil for all.
  /// - Throws: `VectorIndexError` for a query that the rows cannot be compared with.
  /// - Complexity: O(rows · dimension).
  public func nearest(
    to query: Vector, k: Int, allowing allowed: [String]? = nil
  ) throws -> [(id: String, distance: Double)] {
    guard let index else { return [] }
    let labels = allowed.map { Set($0.compactMap { rowOfID[ByteKey($0)] }.map { UInt64($0) }) }
    return try index.search(query, k: k, allow: labels).map { (id: ids[Int($0.label)], distance: Double($0.distance)) }
  }
}
