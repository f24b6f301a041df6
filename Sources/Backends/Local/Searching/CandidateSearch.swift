// SPDX-License-Identifier: Apache-2.0

import GRDB
import HNSW
import VectorStoreCore

/// A search at one moment: finds keys, then reads their documents in the same transaction.
struct CandidateSearch {
  let request: CandidateRequest
  let db: Database
  let moment: Moment
  let tables: CollectionTables

  func run() throws -> CandidateSet {
    var result = CandidateSet()
    var explanation = JSONObject()
    let clock = ContinuousClock()
    let reader = try DocumentReader(
      db: db, tables: tables, dimension: request.includesVectors ? moment.record.space?.dimension : nil)
    if let nearest = request.nearest, let space = moment.record.space {
      let start = clock.now
      let neighbors: [Neighbor]
      if let index = moment.index {
        neighbors = try walk(nearest, index, &explanation)
      } else {
        let scan = try ExactScan(db: db, tables: tables, space: space).nearest(nearest, filter: request.filter)
        neighbors = scan.neighbors
        explanation["plan"] = .string(moment.record.index.kind == .exact ? "exact: no index" : "exact: no index yet")
        explanation["compared"] = .integer(Int64(scan.compared))
      }
      let searched = clock.now
      result.nearest.reserveCapacity(neighbors.count)
      for neighbor in neighbors {
        guard let record = try reader.record(key: Int64(bitPattern: neighbor.label)) else {
          throw VectorStoreError(.corrupt, "the index has a vector without its document; 'index rebuild' mends it")
        }
        result.nearest.append(.init(record: record, value: Double(neighbor.distance)))
      }
      if request.explains {
        explanation["vector_ms"] = .double(Self.milliseconds(start.duration(to: searched)))
        explanation["documents_ms"] = .double(Self.milliseconds(searched.duration(to: clock.now)))
      }
    }
    if let keywords = request.keywords {
      guard moment.record.hasKeywords else {
        throw VectorStoreError(
          .unsupported, "the collection was made without a keyword index; make a new one to search by words")
      }
      let start = clock.now
      result.keywords = try KeywordSearch(db: db, tables: tables, reader: reader).candidates(
        keywords, filter: request.filter)
      if request.explains {
        explanation["keyword_query"] = .string(KeywordQuery(keywords.text).expression ?? "")
        explanation["keyword_ms"] = .double(Self.milliseconds(start.duration(to: clock.now)))
      }
    }
    if request.explains {
      explanation["documents"] = .integer(Int64(moment.record.count))
      explanation["change"] = .integer(moment.change)
      result.explanation = explanation
    }
    return result
  }

  private func walk(
    _ nearest: CandidateRequest.Nearest, _ index: IndexMoment, _ explanation: inout JSONObject
  ) throws -> [Neighbor] {
    let clock = ContinuousClock()
    var options = SearchOptions(
      efSearch: nearest.efSearch ?? LocalBackend.defaultEfSearch(k: nearest.count),
      distanceLimit: nearest.distanceLimit,
      exact: nearest.isExact)
    do {
      if let filter = request.filter {
        let start = clock.now
        let resolved = try FilterResolver(db: db, tables: tables, moment: moment, index: index).resolve(filter)
        options.allow = resolved.allow
        if request.explains {
          explanation["filter_from"] = .string(resolved.source.rawValue)
          explanation["filter_matches"] = .integer(Int64(resolved.allow.count))
          explanation["filter_ms"] = .double(Self.milliseconds(start.duration(to: clock.now)))
        }
      }
      guard request.explains else { return try index.view.search(nearest.vector, k: nearest.count, options: options) }
      let (neighbors, done) = try index.view.searchExplained(nearest.vector, k: nearest.count, options: options)
      explanation["plan"] = .string(done.planned.rawValue)
      explanation["strategy"] = .string(done.strategy.rawValue)
      explanation["ef_search"] = .integer(Int64(options.efSearch))
      explanation["compared"] = .integer(Int64(done.distanceComputations))
      explanation["hops"] = .integer(Int64(done.hops))
      explanation["reranked"] = .integer(Int64(done.reranked))
      return neighbors
    } catch let error as VectorIndexError where error.code == .corruptFile {
      throw DamagedIndex(loaded: index.loaded)
    }
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000) / 1_000
  }
}
