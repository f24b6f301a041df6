// SPDX-License-Identifier: Apache-2.0

/// A point of a curve, as an engine's runner wrote it or as a comparison merged it from its rounds.
///
/// Decoding refuses what can't be drawn: a recall outside 0…1, a rate that is not above 0.
package struct CurvePoint: Equatable, Sendable {
  /// efSearch, or what stands for it in an engine that has none; 0 for exact search.
  package var ef: Int
  /// recall@k, from 0 to 1.
  package var recall: Double
  /// The recall that 5 % of the queries stay below.
  package var recallP5: Double?
  /// Queries a second, and the lowest and the highest of the rounds.
  package var qps: Double
  package var qpsMin: Double
  package var qpsMax: Double
  /// Queries a second one at a time, and in a batch.
  package var qpsSingle: Double?
  package var qpsBatch: Double?
  /// Latencies of single queries in microseconds.
  package var p50: Double?
  package var p95: Double?
  package var p99: Double?
  /// Cores in use during the batch, where that tells whether the machine was busy with something else.
  package var batchCores: Double?
  /// pgvector's iterative scan: `off`, `strict`, `relaxed`.
  package var iterative: String?
  /// `seq` where a server did not use the index.
  package var plan: String?
  /// The filter; `nil` for the search among all rows.
  package var filter: FilterKey?
  /// How many rows the filter allows.
  package var allowed: Int?
  /// How many returned rows the filter forbids, where there are any.
  package var violations: Int?

  /// A point without a spread.
  package init(ef: Int, recall: Double, qps: Double, filter: FilterKey? = nil) {
    self.ef = ef
    self.recall = recall
    self.qps = qps
    qpsMin = qps
    qpsMax = qps
    self.filter = filter
  }
}

extension CurvePoint: Codable {
  private enum CodingKeys: String, CodingKey {
    case ef, recall, qps, iterative, plan
    case recallP5 = "recall_p5"
    case qpsMin = "qps_min"
    case qpsMax = "qps_max"
    case qpsSingle = "qps_single"
    case qpsBatch = "qps_batch"
    case p50 = "p50_us"
    case p95 = "p95_us"
    case p99 = "p99_us"
    case batchCores = "batch_cores"
    case filter, selectivity, allowed, violations
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func positive(_ key: CodingKeys) throws -> Double? {
      guard let value = try container.decodeIfPresent(Double.self, forKey: key) else { return nil }
      guard value.isFinite, value > 0 else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "it is above 0, not \(value)")
      }
      return value
    }
    ef = try container.decode(Int.self, forKey: .ef)
    recall = try container.decode(Double.self, forKey: .recall)
    guard 0...1 ~= recall else {
      throw DecodingError.dataCorruptedError(
        forKey: .recall, in: container, debugDescription: "it is from 0 to 1, not \(recall)")
    }
    recallP5 = try container.decodeIfPresent(Double.self, forKey: .recallP5)
    iterative = try container.decodeIfPresent(String.self, forKey: .iterative)
    plan = try container.decodeIfPresent(String.self, forKey: .plan)
    guard let rate = try positive(.qps) else {
      throw DecodingError.dataCorruptedError(forKey: .qps, in: container, debugDescription: "it is missing")
    }
    qps = rate
    qpsMin = try positive(.qpsMin) ?? rate
    qpsMax = try positive(.qpsMax) ?? rate
    qpsSingle = try positive(.qpsSingle)
    qpsBatch = try positive(.qpsBatch)
    p50 = try positive(.p50)
    p95 = try positive(.p95)
    p99 = try positive(.p99)
    batchCores = try container.decodeIfPresent(Double.self, forKey: .batchCores)
    if let name = try container.decodeIfPresent(String.self, forKey: .filter) {
      guard let share = try positive(.selectivity), share <= 1 else {
        throw DecodingError.dataCorruptedError(
          forKey: .selectivity, in: container, debugDescription: "a filter has one, above 0 and at most 1")
      }
      filter = FilterKey(name: name, selectivity: share)
    }
    allowed = try container.decodeIfPresent(Int.self, forKey: .allowed)
    violations = try container.decodeIfPresent(Int.self, forKey: .violations)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(ef, forKey: .ef)
    try container.encode(recall, forKey: .recall)
    try container.encode(qps, forKey: .qps)
    try container.encodeIfPresent(recallP5, forKey: .recallP5)
    try container.encodeIfPresent(iterative, forKey: .iterative)
    try container.encodeIfPresent(plan, forKey: .plan)
    try container.encode(qpsMin, forKey: .qpsMin)
    try container.encode(qpsMax, forKey: .qpsMax)
    try container.encodeIfPresent(qpsSingle, forKey: .qpsSingle)
    try container.encodeIfPresent(qpsBatch, forKey: .qpsBatch)
    try container.encodeIfPresent(p50, forKey: .p50)
    try container.encodeIfPresent(p95, forKey: .p95)
    try container.encodeIfPresent(p99, forKey: .p99)
    try container.encodeIfPresent(batchCores, forKey: .batchCores)
    try container.encodeIfPresent(filter?.name, forKey: .filter)
    try container.encodeIfPresent(filter?.selectivity, forKey: .selectivity)
    try container.encodeIfPresent(allowed, forKey: .allowed)
    try container.encodeIfPresent(violations, forKey: .violations)
  }
}
