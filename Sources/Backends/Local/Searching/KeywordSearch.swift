// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

/// The documents that fit keywords best, by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
/// Beyond", 2009) as FTS5 computes it.
struct KeywordSearch {
  let db: Database
  let tables: CollectionTables
  let reader: DocumentReader

  func candidates(_ request: CandidateRequest.Keywords, filter: Filter?) throws -> [CandidateSet.Candidate] {
    guard request.count > 0, let expression = KeywordQuery(request.text).expression else { return [] }
    let rowFilter = filter.map { RowFilter($0) }
    // With a filter the number of hits to look at is not known ahead.
    let limit = rowFilter == nil ? request.count : -1
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT rowid, rank FROM \(tables.keywords) WHERE \(tables.keywords) MATCH ?
        ORDER BY rank, rowid LIMIT ?
        """, arguments: [expression, limit])
    let filtered = try rowFilter.map {
      try db.cachedStatement(sql: "SELECT \($0.columns.rawValue) FROM \(tables.documents) WHERE key = ?")
    }
    var found: [CandidateSet.Candidate] = []
    while found.count < request.count, let row = try cursor.next() {
      let key = try row.integer(0)
      // Not by GRDB's subscript, which ends the program where a doctored database ranks by texts.
      let score = Double.fromDatabaseValue(row[1]) ?? 0
      if let rowFilter, let filtered {
        guard try filtered.first(key: key, { try rowFilter.matches($0, at: 0) }) == true else { continue }
      }
      if let record = try reader.record(key: key) { found.append(.init(record: record, value: -score)) }
    }
    return found
  }
}
