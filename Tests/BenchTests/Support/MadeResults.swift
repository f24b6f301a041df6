// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreBench

/// Results made by hand.
enum MadeResults {
  static func description(engine: String = "fake-one") throws -> EngineDescription {
    var description = try JSONDecoder().decode(EngineDescription.self, from: Data(FakePeer.ready().utf8))
    description.engine = engine
    return description
  }

  /// An engine of a family, with rounds of (efSearch, recall, rate).
  static func record(
    _ id: String, label: String? = nil, engine: String = "fake-one", storage: String = "float32", isAside: Bool = false,
    rounds: [[CurvePoint]]
  ) throws -> EngineRecord {
    var description = try description(engine: engine)
    description.storage = storage
    var memory = MemoryResult()
    memory.indexBytes = 1_234_567
    memory.residentBytes = 600_000
    return EngineRecord(
      id: id, label: label ?? id, isAside: isAside, description: description,
      builds: [BuildTimes(threads: 1, seconds: [1.5])], memory: memory, rounds: rounds)
  }

  static func dataset(_ engines: [EngineRecord], name: String = "made", categories: [String] = []) throws
    -> ComparedDataset
  {
    var dataset = ComparedDataset(try description(), categoryNames: categories, created: "2026-01-02T03:04:05Z")
    dataset.name = name
    dataset.engines = engines
    return dataset
  }

  /// A point with latencies.
  static func point(_ ef: Int, _ recall: Double, _ qps: Double, filter: FilterKey? = nil) -> CurvePoint {
    var point = CurvePoint(ef: ef, recall: recall, qps: qps, filter: filter)
    point.p50 = 1e6 / qps
    point.p95 = 2e6 / qps
    point.p99 = 3e6 / qps
    return point
  }
}
