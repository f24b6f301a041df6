// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// What to run with the embedded store, or with the bare index.
struct SwiftTuneAdvice: TuneAdvice {
  let source: VectorSource
  let metric: Metric
  let dimension: Int

  func lines(_ chosen: TuneTrial, k: Int) -> [String] {
    let (m, efConstruction) = (chosen.design.m, chosen.design.efConstruction)
    var lines: [String] = []
    if case .store(let url, let collection) = source {
      let store = "--store '\(url)' --table '\(collection)'"
      lines += [
        "vectorstore index create \(store) --type hnsw --m \(m) --ef-construction \(efConstruction)",
        "vectorstore search QUERY \(store) -k \(k) --ef-search \(chosen.width)",
        "",
        "In Swift:",
        "  try await store.createIndex(IndexSpecification(.hnsw, m: \(m), efConstruction: \(efConstruction)))",
        "  request.efSearch = \(chosen.width)",
      ]
    } else {
      lines += [
        "In Swift:",
        "  HNSWConfiguration(dimension: \(dimension), metric: .\(metric), m: \(m), efConstruction: \(efConstruction))",
        "  searchOptions.efSearch = \(chosen.width)",
      ]
    }
    return lines
  }
}
