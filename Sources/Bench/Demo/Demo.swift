// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW

/// The steps of the demonstration. Each prints what it did.
struct Demo {
  let vectors: DemoVectors
  let k: Int
  let threads: Int

  /// Builds an index of the vectors, and saves it.
  func build(storage: HNSWConfiguration.Storage, savingTo path: String) throws {
    let base = vectors.base
    print(
      "Data     \(base.count) vectors of \(base.dimension) dimensions, \(vectors.queries.count) queries, \(vectors.origin)"
    )

    let index = try HNSWIndex(HNSWConfiguration(dimension: base.dimension, metric: .cosine, storage: storage))
    let labels = (0..<base.count).map(UInt64.init)
    let (_, buildSeconds) = try Clocks.timed {
      try index.add(labels: labels, vectors: base.values, threads: threads)
    }
    let rate = Double(base.count) / buildSeconds
    print(
      "Build    cosine, \(storage.rawValue), m \(index.configuration.m),"
        + " efConstruction \(index.configuration.efConstruction), \(threads) threads:"
        + " \(Table.number(buildSeconds, digits: 2)) s, \(Table.number(rate, digits: 0)) vectors/s")

    let (_, saveSeconds) = try Clocks.timed { try index.save(to: path) }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    print("Save     \(Table.megabytes(size?.intValue ?? 0)) in \(Table.number(saveSeconds * 1e3, digits: 1)) ms")
  }

  /// Opens the saved index, and searches it.
  func search(path: String) async throws {
    let (index, seconds) = try Clocks.timed { try HNSWIndex.open(path: path) }
    print("Open     \(Table.number(seconds * 1e3, digits: 2)) ms, \(index.count) vectors\n")

    print(Table.line(["search", "efSearch", "recall@\(k)", "queries/s", "p50 µs", "p99 µs"]))
    let view = index.view()
    let exact = try vectors.base.exactIndex(metric: .cosine)
    try await measure(view, exact: exact, filter: nil, efs: [20, 40, 80, 160, 320])
    for selectivity in [0.1, 0.01] {
      let filter = RowFilter.random(selectivity: selectivity, count: vectors.base.count, seed: 42)
      if !filter.allowed.isEmpty {
        try await measure(view, exact: exact, filter: filter, efs: [80])
      }
    }
    try showAnswer(view)
  }

  private func measure(
    _ view: IndexView, exact: ExactIndex<[Float]>, filter: RowFilter?, efs: [Int]
  ) async throws {
    let queries = (0..<vectors.queries.count).map { Array(vectors.queries[$0]) }
    let truth = try GroundTruth(
      searching: exact, base: vectors.base, queries: vectors.queries, metric: .cosine, k: k, filter: filter,
      threads: threads)
    let meter = RecallMeter(
      base: vectors.base, queries: vectors.queries, metric: .cosine, k: k, truth: truth, filter: filter)
    let measurement = PointMeasurement(queryCount: queries.count, threads: 1, minSeconds: 0.25)
    var options = SearchOptions()
    options.allow = try filter.map { try view.allowList(labels: $0.allowed.lazy.map(UInt64.init)) }
    for ef in efs {
      options.efSearch = ef
      let searcher = Searcher(
        one: { [options] in try view.search(queries[$0], k: k, options: options) },
        batch: { [options] in try view.searchBatch(vectors.queries.values, k: k, options: options, threads: 1) })
      let point = try await measurement.measure(searcher, ef: ef, task: SearchTask(filter: filter, meter: meter))
      print(
        Table.line([
          filter.map { "\(Table.number($0.selectivity * 100, digits: 0)) % of rows" } ?? "all rows",
          String(ef),
          Table.number(point.recall, digits: 4),
          Table.number(point.qps, digits: 0),
          Table.number(point.p50Microseconds, digits: 0),
          Table.number(point.p99Microseconds, digits: 0),
        ]))
    }
  }

  /// The first query with its answer.
  private func showAnswer(_ view: IndexView) throws {
    guard vectors.queries.count > 0 else { return }
    print("\nThe first query\(vectors.queryTexts.first.map { ": \($0)" } ?? "")")
    for neighbor in try view.search(Array(vectors.queries[0]), k: min(k, 5)) {
      let row = Int(neighbor.label)
      let text = vectors.baseTexts.indices.contains(row) ? "  \(vectors.baseTexts[row])" : ""
      print("  \(Table.number(Double(neighbor.distance), digits: 4))  row \(row)\(text)")
    }
  }
}
