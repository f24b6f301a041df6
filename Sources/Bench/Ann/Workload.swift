// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// What is searched and how: vectors and queries, read and checked, with the filters over them.
struct Workload: Sendable {
  /// The name of the data in the results.
  let name: String
  let metricName: FloatMetric
  let base: Matrix<Float>
  let queries: Matrix<Float>
  /// The queries one by one, as single searches take them.
  let queryRows: [[Float]]
  /// The base row that each query is, and which is no answer to it; empty where queries are none of the rows.
  let ownRows: [Int]
  /// How many neighbours a query asks for.
  let k: Int
  /// Threads for building and for the batch of queries.
  let threads: Int
  /// Whole passes over the queries are repeated for at least so many seconds.
  let minSeconds: Double
  /// The beam widths to measure.
  let widths: [Int]
  /// The filters beside the search among all rows.
  var filters: [RowFilter] = []
  /// A label for each base row, where filters compare them.
  var labels: [Int32]?
  /// The seed of the random filters.
  var filterSeed: UInt64 = 42
  /// A file of the nearest rows; `nil` where they are to be computed.
  var groundtruth: String?

  /// Reads what the options name.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where it isn't what it should be, or doesn't fit together.
  init(data: DataOptions, query: QueryOptions, filter: FilterOptions) async throws {
    guard filter.filterLabels == nil || data.queries.query != nil else {
      throw BenchError("--filter-labels names the base's rows, from which --sample-queries takes some; give --query")
    }
    let vectors = try await data.read()
    self.init(data: data, query: query, base: vectors.base, queries: vectors.queries)
    labels = try filter.labels(count: base.count)
    filters = try filter.filters(count: base.count)
    filterSeed = filter.filterSeed
    groundtruth = data.groundtruth
  }

  /// A workload of vectors that have been read, without filters.
  init(
    data: DataOptions, query: QueryOptions, base: Matrix<Float>, queries: Matrix<Float>, ownRows: [Int] = []
  ) {
    self.init(
      name: data.datasetName, metric: data.metric, base: base, queries: queries, ownRows: ownRows, k: query.k,
      threads: query.threads, minSeconds: query.minSeconds, widths: query.ef.elements)
  }

  /// A workload of these parts, without filters.
  init(
    name: String, metric: FloatMetric, base: Matrix<Float>, queries: Matrix<Float>, ownRows: [Int] = [], k: Int,
    threads: Int, minSeconds: Double, widths: [Int]
  ) {
    self.name = name
    metricName = metric
    self.base = base
    self.queries = queries
    queryRows = (0..<queries.count).map { Array(queries[$0]) }
    self.ownRows = ownRows
    self.k = k
    self.threads = threads
    self.minSeconds = minSeconds
    self.widths = widths
  }

  /// The distance.
  var metric: Metric { metricName.metric }

  /// The search among all rows first, then one for each filter that allows any row.
  func tasks() throws -> [SearchTask] {
    let filters = filters.filter { filter in
      if filter.allowed.isEmpty {
        Console.note("left out: the filter \(filter.name) (\(filter.selectivity)) allows no row")
      }
      return !filter.allowed.isEmpty
    }
    let index = groundtruth == nil || !filters.isEmpty ? try base.exactIndex(metric: metric) : nil
    return try ([nil] + filters).enumerated().map { number, filter in
      Console.progress("exact answers: \(number + 1) of \(filters.count + 1)")
      defer { Console.endProgress() }
      return SearchTask(filter: filter, meter: meter(try truth(filter, index: index), filter: filter))
    }
  }

  private func truth(_ filter: RowFilter?, index: ExactIndex<[Float]>?) throws -> GroundTruth {
    if filter == nil, let path = groundtruth {
      return try GroundTruth(
        neighbors: VectorFile.readNeighbors(path), base: base, queries: queries, metric: metric, k: k, name: path)
    }
    return try GroundTruth(
      searching: index ?? base.exactIndex(metric: metric), base: base, queries: queries, metric: metric, k: k,
      filter: filter, ownRows: ownRows, threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func meter(_ truth: GroundTruth, filter: RowFilter?) -> RecallMeter {
    RecallMeter(base: base, queries: queries, metric: metric, k: k, truth: truth, filter: filter)
  }
}
