// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// Recall against brute force in Float64, at a beam so narrow that the graph is walked.
///
/// Thresholds are what was measured less about 0.02, of the seeds at hand: a test that fails tells of a worse graph.
@Suite("Recall")
struct RecallTests {
  private static let count = 5_000
  private static let queryCount = 150
  private static let k = 10
  private static let efSearch = 30

  /// Both storages are compared on the same data.
  enum Data: String, CaseIterable, Sendable {
    case clustered, wide, notCentred, threeDecades, dominated

    func make() -> VectorSet {
      let all = RecallTests.count + RecallTests.queryCount
      let set = VectorSet.clustered(all, dimension: self == .wide ? 128 : 64, clusters: 60, spread: 0.8, seed: 11)
      return switch self {
      case .clustered, .wide: set
      case .notCentred: set.shifted(by: 5)
      case .threeDecades: set.scaled(overDecades: 3, seed: 12)
      case .dominated: set.dominated(by: 7, factor: 60)
      }
    }
  }

  /// Recall of an index filled by `fill`.
  private static func recall(
    _ kind: IndexKind, _ base: VectorSet, _ measure: RecallMeasure, fill: (HNSWIndex) throws -> Void
  ) throws -> Double {
    let index = try HNSWIndex(kind.configuration(dimension: base.dimension))
    try fill(index)
    try index.checkInvariants()
    let view = index.view()
    if let first = measure.queries.first, case .floats(let query) = first {
      let explanation = try view.searchExplained(query, k: k, options: SearchOptions(efSearch: efSearch)).explanation
      #expect(explanation.strategy == .plain, "recall of a scan says nothing")
    }
    return try measure.recall { try view.search($0, k: k, options: SearchOptions(efSearch: efSearch)) }
  }

  private static func addAll(_ base: VectorSet, _ kind: IndexKind, threads: Int = 1) -> (HNSWIndex) throws -> Void {
    { index in
      try index.upsert(
        labels: Array(0..<UInt64(base.count)), vectors: base.vectors(kind.metric), threads: threads)
    }
  }

  @Test(arguments: [Metric.cosine, .l2, .innerProduct, .l1], Data.allCases)
  func int8FindsWhatFloat32Finds(metric: Metric, data: Data) throws {
    let (base, rest) = data.make().split(Self.count)
    let measure = RecallMeasure(
      base: base.vectors(metric), queries: rest.vectors(metric), metric: metric, k: Self.k)
    let kinds = [HNSWConfiguration.Storage.float32, .int8].map { IndexKind(metric: metric, storage: $0) }
    let recalls = try kinds.map { try Self.recall($0, base, measure, fill: Self.addAll(base, $0)) }
    #expect(recalls[1] >= recalls[0] - 0.01, "\(metric), \(data): \(recalls)")
    // Measured 0.98–1.0 but for the two hard ones, whose nearest rows are the small ones or differ in one dimension.
    let hard = (data == .threeDecades && metric != .innerProduct) || data == .dominated
    #expect(recalls[0] >= (hard ? 0.87 : 0.965), "\(metric), \(data): \(recalls)")
  }

  @Test(arguments: IndexKind.binary, [64, 128]) func bits(kind: IndexKind, dimension: Int) throws {
    let (base, rest) = VectorSet.clustered(
      Self.count + Self.queryCount, dimension: dimension, clusters: 60, spread: 0.8, seed: 11
    ).split(Self.count)
    let measure = RecallMeasure(
      base: base.vectors(kind.metric), queries: rest.vectors(kind.metric), metric: kind.metric, k: Self.k)
    let recall = try Self.recall(kind, base, measure, fill: Self.addAll(base, kind))
    #expect(recall >= 0.98)
  }

  @Test(arguments: [IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .l2, storage: .float32)])
  func oneByOneIsAsGoodAsABatch(kind: IndexKind) throws {
    let (base, rest) = Data.notCentred.make().split(Self.count)
    let measure = RecallMeasure(
      base: base.vectors(kind.metric), queries: rest.vectors(kind.metric), metric: kind.metric, k: Self.k)
    let batch = try Self.recall(kind, base, measure, fill: Self.addAll(base, kind))
    let single = try Self.recall(kind, base, measure) { index in
      for row in 0..<base.count { try index.add(label: UInt64(row), vector: base[row]) }
    }
    let threads = try Self.recall(kind, base, measure, fill: Self.addAll(base, kind, threads: 4))
    #expect(single >= batch - 0.015, "\(single) one by one, \(batch) in a batch")
    #expect(threads >= batch - 0.015, "\(threads) on four threads, \(batch) on one")
  }

  @Test func aWiderBeamFindsMore() throws {
    let (base, rest) = Data.wide.make().split(Self.count)
    let measure = RecallMeasure(base: base.vectors(.l2), queries: rest.vectors(.l2), metric: .l2, k: Self.k)
    let index = try HNSWIndex(HNSWConfiguration(dimension: base.dimension, metric: .l2, m: 6, efConstruction: 32))
    try index.add(labels: Array(0..<UInt64(base.count)), vectors: base.values)
    let recalls = try [10, 20, 60, 5_000].map { ef in
      try measure.recall { try index.view().search($0, k: Self.k, options: SearchOptions(efSearch: ef)) }
    }
    #expect(recalls == recalls.sorted() && recalls[0] < recalls[2] && recalls[3] >= 0.999, "\(recalls)")
  }
}
