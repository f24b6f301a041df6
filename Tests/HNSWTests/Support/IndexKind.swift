// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// A metric with a storage that it can have.
struct IndexKind: Sendable, Hashable, CustomStringConvertible, CustomTestStringConvertible {
  let metric: Metric
  let storage: HNSWConfiguration.Storage

  var description: String { "\(metric.rawValue) \(storage.rawValue)" }
  var testDescription: String { description }

  static let floats: [IndexKind] = [Metric.cosine, .l2, .innerProduct, .l1].flatMap { metric in
    [HNSWConfiguration.Storage.float32, .int8].map { IndexKind(metric: metric, storage: $0) }
  }
  static let binary = [Metric.hamming, .jaccard].map { IndexKind(metric: $0, storage: .bit) }
  static let all = floats + binary

  func configuration(
    dimension: Int, m: Int = 16, efConstruction: Int = 64, seed: UInt64 = 42
  ) -> HNSWConfiguration {
    HNSWConfiguration(
      dimension: dimension, metric: metric, storage: storage, m: m, efConstruction: efConstruction, seed: seed)
  }
}
