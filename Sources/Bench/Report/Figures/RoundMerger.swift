// SPDX-License-Identifier: Apache-2.0

/// Puts the rounds of one engine together.
package enum RoundMerger {
  private struct Key: Hashable {
    let filter: FilterKey?
    let ef: Int
  }

  /// One point for each filter and efSearch, in the order in which they first came: medians over the rounds that measured
  /// it, and the lowest and the highest rate.
  package static func points(of rounds: [[CurvePoint]]) -> [CurvePoint] {
    var order: [Key] = []
    var groups: [Key: [CurvePoint]] = [:]
    for point in rounds.joined() {
      let key = Key(filter: point.filter, ef: point.ef)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(point)
    }
    return order.compactMap { groups[$0].flatMap(merge) }
  }

  /// The rate at a recall over the rounds; `nil` where a round does not reach it, or there is none.
  package static func rate(at recall: Double, in rounds: [[CurvePoint]]) -> RecallRate? {
    var rates: [Double] = []
    var isLowerBound = false
    for round in rounds {
      guard let rate = ParetoFront.rate(at: recall, of: round.filter { $0.filter == nil }) else { return nil }
      rates.append(rate.qps)
      isLowerBound = isLowerBound || rate.isLowerBound
    }
    return Spread(rates).map { RecallRate($0, isLowerBound: isLowerBound) }
  }

  private static func merge(_ group: [CurvePoint]) -> CurvePoint? {
    guard var merged = group.last, let qps = Spread(group.map(\.qps)) else { return nil }
    func median(_ value: (CurvePoint) -> Double?) -> Double? {
      Spread(group.compactMap(value))?.median
    }
    merged.recall = median(\.recall) ?? merged.recall
    merged.recallP5 = median(\.recallP5)
    merged.qps = qps.median
    merged.qpsMin = group.map(\.qpsMin).min() ?? qps.min
    merged.qpsMax = group.map(\.qpsMax).max() ?? qps.max
    merged.qpsSingle = median(\.qpsSingle)
    merged.qpsBatch = median(\.qpsBatch)
    merged.p50 = median(\.p50)
    merged.p95 = median(\.p95)
    merged.p99 = median(\.p99)
    merged.batchCores = group.compactMap(\.batchCores).min()
    merged.violations = group.compactMap(\.violations).max()
    return merged
  }
}
