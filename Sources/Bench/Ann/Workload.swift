// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// The data of one run: vectors and queries, read and checked.
struct Workload {
  /// The options of the run.
  let options: AnnOptions
  let base: Matrix<Float>
  let queries: Matrix<Float>
  /// The queries one by one, as single searches take them.
  let queryRows: [[Float]]

  /// Reads the files that the options name.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where they aren't what they should be, or don't fit each other.
  init(_ options: AnnOptions) throws {
    self.options = options
    base = try VectorFile.readVectors(options.data.base)
    queries = try VectorFile.readVectors(options.data.query)
    guard queries.dimension == base.dimension else {
      throw BenchError("\(options.data.query): dimension \(queries.dimension), but the base has \(base.dimension)")
    }
    queryRows = (0..<queries.count).map { [queries] in Array(queries[$0]) }
  }

  /// The distance.
  var metric: Metric { options.data.metric.metric }

  /// The labels of the base rows: their numbers.
  var labels: [UInt64] {
    (0..<base.count).map(UInt64.init)
  }

  /// The search among all rows first, then one for each filter that allows any row.
  func tasks() throws -> [SearchTask] {
    let filters = try options.filter.filters(count: base.count).filter { filter in
      if filter.allowed.isEmpty {
        Console.note("left out: the filter \(filter.name) (\(filter.selectivity)) allows no row")
      }
      return !filter.allowed.isEmpty
    }
    let index = options.data.groundtruth == nil || !filters.isEmpty ? try base.exactIndex(metric: metric) : nil
    return try ([nil] + filters).enumerated().map { number, filter in
      Console.progress("exact answers: \(number + 1) of \(filters.count + 1)")
      defer { Console.endProgress() }
      return SearchTask(filter: filter, meter: meter(try truth(filter, index: index), filter: filter))
    }
  }

  private func truth(_ filter: RowFilter?, index: ExactIndex<[Float]>?) throws -> GroundTruth {
    let k = options.query.k
    if filter == nil, let path = options.data.groundtruth {
      return try GroundTruth(
        neighbors: VectorFile.readNeighbors(path), base: base, queries: queries, metric: metric, k: k, name: path)
    }
    return try GroundTruth(
      searching: index ?? base.exactIndex(metric: metric), base: base, queries: queries, metric: metric, k: k,
      filter: filter,
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func meter(_ truth: GroundTruth, filter: RowFilter?) -> RecallMeter {
    RecallMeter(
      base: base, queries: queries, metric: metric, k: options.query.k, truth: truth,
      filter: filter)
  }
}
