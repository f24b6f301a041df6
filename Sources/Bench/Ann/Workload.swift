// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// The data of one run: vectors and queries, read and checked.
struct Workload: Sendable {
  let data: DataOptions
  let query: QueryOptions
  let filter: FilterOptions
  let base: Matrix<Float>
  let queries: Matrix<Float>
  /// The queries one by one, as single searches take them.
  let queryRows: [[Float]]
  /// The base row that each query is, and which is no answer to it; empty where queries are none of the rows.
  let ownRows: [Int]

  /// Reads what the options name.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where it isn't what it should be, or doesn't fit together.
  init(data: DataOptions, query: QueryOptions, filter: FilterOptions) async throws {
    guard filter.filterLabels == nil || data.queries.query != nil else {
      throw BenchError("--filter-labels names the base's rows, from which --sample-queries takes some; give --query")
    }
    let vectors = try await data.read()
    self.init(data: data, query: query, filter: filter, base: vectors.base, queries: vectors.queries)
  }

  /// A workload of vectors that have been read.
  init(
    data: DataOptions, query: QueryOptions, filter: FilterOptions, base: Matrix<Float>, queries: Matrix<Float>,
    ownRows: [Int] = []
  ) {
    self.ownRows = ownRows
    self.data = data
    self.query = query
    self.filter = filter
    self.base = base
    self.queries = queries
    queryRows = (0..<queries.count).map { Array(queries[$0]) }
  }

  /// The distance.
  var metric: Metric { data.metric.metric }

  /// The labels of the base rows: their numbers.
  var labels: [UInt64] {
    (0..<base.count).map(UInt64.init)
  }

  /// The search among all rows first, then one for each filter that allows any row.
  func tasks() throws -> [SearchTask] {
    let filters = try filter.filters(count: base.count).filter { filter in
      if filter.allowed.isEmpty {
        Console.note("left out: the filter \(filter.name) (\(filter.selectivity)) allows no row")
      }
      return !filter.allowed.isEmpty
    }
    let index = data.groundtruth == nil || !filters.isEmpty ? try base.exactIndex(metric: metric) : nil
    return try ([nil] + filters).enumerated().map { number, filter in
      Console.progress("exact answers: \(number + 1) of \(filters.count + 1)")
      defer { Console.endProgress() }
      return SearchTask(filter: filter, meter: meter(try truth(filter, index: index), filter: filter))
    }
  }

  private func truth(_ filter: RowFilter?, index: ExactIndex<[Float]>?) throws -> GroundTruth {
    if filter == nil, let path = data.groundtruth {
      return try GroundTruth(
        neighbors: VectorFile.readNeighbors(path), base: base, queries: queries, metric: metric, k: query.k, name: path)
    }
    return try GroundTruth(
      searching: index ?? base.exactIndex(metric: metric), base: base, queries: queries, metric: metric, k: query.k,
      filter: filter, ownRows: ownRows,
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func meter(_ truth: GroundTruth, filter: RowFilter?) -> RecallMeter {
    RecallMeter(base: base, queries: queries, metric: metric, k: query.k, truth: truth, filter: filter)
  }
}
