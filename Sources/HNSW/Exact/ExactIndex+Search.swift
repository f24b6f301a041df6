// SPDX-License-Identifier: Apache-2.0

extension ExactIndex {
  /// The k nearest vectors, nearest first, the smaller label first among equal distances.
  ///
  /// If k vectors that are allowed and have a distance within the limit exist, k come back.
  ///
  /// - Parameters:
  ///   - allow: the labels that may be answers; labels that are not in the index are passed over. All if nil.
  ///   - distanceLimit: the greatest distance of an answer, itself included.
  /// - Throws: ``VectorIndexError`` with `dimensionMismatch`, `notFinite`, or `zeroNormQuery` (under cosine, where all its
  ///   numbers are zero) for the query, `invalidArgument` for a negative k or a limit of NaN.
  /// - Complexity: O(allowed · dimension), bound by the bandwidth of memory; O(k) memory.
  public func search(
    _ query: Vector, k: Int, allow: Set<UInt64>? = nil, distanceLimit: Float? = nil
  ) throws(VectorIndexError) -> [Neighbor] {
    try Self.check(k: k, distanceLimit: distanceLimit)
    let prepared = try rows.prepare(query)
    let scope = ExactScope(allow: allow, rowOfLabel: rowOfLabel)
    return nearest(to: [prepared], k: k, scope: scope, limit: distanceLimit)[0]
  }

  /// Searches for many queries; each answer is that of ``search(_:k:allow:distanceLimit:)``, in the order of the queries.
  ///
  /// A row that is read serves up to 16 queries, so a batch is several times as fast as its queries one by one.
  ///
  /// - Parameter threads: at least 1. At most one a query is used.
  /// - Throws: as ``search(_:k:allow:distanceLimit:)``, for the first query that is refused; `invalidArgument` for
  ///   `threads` below 1.
  public func searchBatch(
    _ queries: [Vector], k: Int, allow: Set<UInt64>? = nil, distanceLimit: Float? = nil, threads: Int = 1
  ) throws(VectorIndexError) -> [[Neighbor]] {
    try Self.check(k: k, distanceLimit: distanceLimit)
    guard threads >= 1 else { throw VectorIndexError(.invalidArgument, "threads must be at least 1, not \(threads)") }
    guard !queries.isEmpty else { return [] }
    let scope = ExactScope(allow: allow, rowOfLabel: rowOfLabel)
    let share = (queries.count - 1) / min(threads, queries.count) + 1
    let size = min(Self.queriesPerRead, share)
    let answers = try BatchRun.map((queries.count - 1) / size + 1, threads: threads) {
      (group) throws(VectorIndexError) in
      var prepared: [Vector.Rows.Query] = []
      for number in group * size..<min((group + 1) * size, queries.count) {
        do throws(VectorIndexError) {
          prepared.append(try rows.prepare(queries[number]))
        } catch {
          throw VectorIndexError(error.code, "query \(number): \(error.message)")
        }
      }
      return nearest(to: prepared, k: k, scope: scope, limit: distanceLimit)
    }
    return answers.flatMap(\.self)
  }

  private static func check(k: Int, distanceLimit: Float?) throws(VectorIndexError) {
    guard k >= 0 else { throw VectorIndexError(.invalidArgument, "k must not be negative, but is \(k)") }
    if let distanceLimit, distanceLimit.isNaN {
      throw VectorIndexError(.invalidArgument, "the distance limit is NaN")
    }
  }

  /// Queries that share one reading of the rows.
  private static var queriesPerRead: Int { 16 }
  /// Rows that are read together, so that they stay in the second-level cache for all queries of a group.
  private static var bytesPerBlock: Int { 128 << 10 }
  private static var rowsPerBlock: ClosedRange<Int> { 16...1024 }

  /// The k nearest in the scope, for each query.
  private func nearest(
    to queries: [Vector.Rows.Query], k: Int, scope: ExactScope, limit: Float?
  ) -> [[Neighbor]] {
    let total =
      switch scope {
      case .all, .screened: count
      case .listed(let numbers): numbers.count
      }
    let wanted = min(k, total)
    guard wanted > 0 else { return queries.map { _ in [] } }
    var lists = queries.map { _ in NearestList(k: wanted, limit: limit ?? .infinity) }
    let fitting = queries.count == 1 ? .max : Self.bytesPerBlock / max(rows.bytesPerRow, 1)
    let block = min(max(fitting, Self.rowsPerBlock.lowerBound), Self.rowsPerBlock.upperBound)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: block) { buffer in
      guard let distances = buffer.baseAddress else { return }
      for first in stride(from: 0, to: total, by: block) {
        let part = first..<min(first + block, total)
        for index in queries.indices {
          scan(part, of: scope, for: queries[index], distances, into: &lists[index])
        }
      }
    }
    return lists.map(\.sorted)
  }

  /// Offers a part of the scope's rows to the list of one query.
  private func scan(
    _ part: Range<Int>, of scope: ExactScope, for query: Vector.Rows.Query,
    _ distances: UnsafeMutablePointer<Float>, into list: inout NearestList
  ) {
    switch scope {
    case .all:
      rows.distances(from: query, to: part, into: distances)
      list.take(distances, part.count) { labels[part.lowerBound + $0] }
    case .screened(let allowed):
      rows.distances(from: query, to: part, into: distances)
      list.take(distances, part.count) { index in
        let label = labels[part.lowerBound + index]
        return allowed.contains(label) ? label : nil
      }
    case .listed(let numbers):
      numbers.withUnsafeBufferPointer { numbers in
        let numbers = UnsafeBufferPointer(rebasing: numbers[part])
        rows.distances(from: query, to: numbers, into: distances)
        list.take(distances, part.count) { labels[numbers[$0]] }
      }
    }
  }
}
