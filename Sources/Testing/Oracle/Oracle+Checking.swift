// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

extension Oracle {
  /// Compares an answer with what is right.
  ///
  /// Rows without a distance from the query, such as those of norm zero under cosine, may be left out, as a store does, or come
  /// last, as in SQL.
  ///
  /// - Parameters:
  ///   - answer: rows in the order that they came; a distance is nil where it is NULL, or was not asked for.
  ///   - k: how many rows were asked for.
  ///   - allowed: the ids of rows that may be found, where there was a filter; nil for all.
  /// - Throws: `VectorIndexError` with `dimensionMismatch` for a query of another dimension than the rows.
  /// - Complexity: O(rows · dimension).
  public func check(
    answer: [(id: String, distance: Double?)], query: Vector, k: Int, allowing allowed: [String]? = nil
  ) throws -> OracleReport {
    if let dimension = vectors.first?.dimensionCount, dimension != query.dimensionCount {
      throw VectorIndexError(
        .dimensionMismatch, "the rows have \(dimension) dimensions, the query has \(query.dimensionCount)")
    }
    let right = vectors.map { $0.allowedDistances(to: query, metric: metric) }
    return check(answer: answer, k: k, right: right, allowed: allowed)
  }

  private func check(
    answer: [(id: String, distance: Double?)], k: Int, right: [AllowedDistances], allowed: [String]?
  ) -> OracleReport {
    var report = OracleReport()
    let mayBeFound = allowed.map { allowed in
      var mayBeFound = Array(repeating: false, count: ids.count)
      for id in allowed { if let row = rowOfID[ByteKey(id)] { mayBeFound[row] = true } }
      return mayBeFound
    }
    var isFound = Array(repeating: false, count: ids.count)
    // The farthest that came so far, by the least that its distance can be.
    var farthest: (row: Int, distance: Double)?
    for (id, distance) in answer {
      guard let row = rowOfID[ByteKey(id)] else {
        report.add(.extra, id: id, expected: "one of the \(ids.count) rows", found: "an id that none has")
        continue
      }
      if mayBeFound?[row] == false {
        report.add(.extra, id: id, expected: "rows that are allowed", found: "one that is not")
      }
      if isFound[row] { report.add(.duplicate, id: id, expected: "each row once", found: "it once more") }
      isFound[row] = true
      if let distance, !right[row].contains(distance) {
        report.add(.distance, id: id, expected: right[row].description, found: String(distance))
      }
      let (lowest, highest) = right[row].ends
      if let farthest, highest < farthest.distance {
        report.add(
          .order, id: id, expected: "it before '\(ids[farthest.row])', which has \(right[farthest.row])",
          found: "it after that, with \(right[row])")
      }
      if lowest > farthest?.distance ?? -.infinity || farthest == nil { farthest = (row, lowest) }
    }
    checkCompleteness(isFound, mayBeFound, answer.count, k, right, farthest, &report)
    return report
  }

  private func checkCompleteness(
    _ isFound: [Bool], _ mayBeFound: [Bool]?, _ count: Int, _ k: Int, _ right: [AllowedDistances],
    _ farthest: (row: Int, distance: Double)?, _ report: inout OracleReport
  ) {
    let rows = ids.indices.filter { mayBeFound?[$0] ?? true }
    if count > k { report.add(.tooMany, expected: "\(k) rows at most", found: "\(count)") }
    let wanted = min(k, rows.count { !right[$0].allowsNone })
    if count < wanted { report.add(.tooFew, expected: "\(wanted) rows", found: "\(count)") }
    guard let farthest, k > 0 else { return }
    for row in rows where !isFound[row] && right[row].allowsSome && !right[row].allowsNone {
      guard right[row].ends.highest < farthest.distance else { continue }
      report.add(
        .missing, id: ids[row],
        expected: "it, with \(right[row]), before '\(ids[farthest.row])', which has \(right[farthest.row])",
        found: "the latter only")
    }
  }
}

extension AllowedDistances {
  /// The ends of what the distance can be in an order that has NaN after all numbers.
  fileprivate var ends: (lowest: Double, highest: Double) {
    (range.lowest ?? .infinity, range.nan ? .infinity : range.highest ?? .infinity)
  }
}
