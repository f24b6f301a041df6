// SPDX-License-Identifier: Apache-2.0

/// What a chart says about a point or a line in words.
enum PointText {
  /// The lines that a reader gets who points at it.
  static func lines(_ engine: EngineRecord, _ point: CurvePoint) -> [String] {
    var lines = [
      "\(engine.label), \(point.ef == 0 ? "exact" : "efSearch \(point.ef)")",
      recall(point), rate(point),
    ]
    if point.p50 != nil {
      let values = [("p50", point.p50), ("p95", point.p95), ("p99", point.p99)]
      lines.append(values.map { "\($0.0) \(NumberText.latency(microseconds: $0.1))" }.joined(separator: ", "))
    }
    if point.plan == "seq" { lines.append("the server did not use the index") }
    return lines
  }

  /// A line in a sentence.
  static func summary(_ engine: EngineRecord, _ points: [CurvePoint]) -> String {
    let recalls = points.map(\.recall)
    let rates = points.map(\.qps)
    guard let low = recalls.min(), let high = recalls.max(), let slow = rates.min(), let fast = rates.max() else {
      return engine.label
    }
    let recall = low == high ? NumberText.fixed(low, 4) : "\(NumberText.fixed(low, 4)) to \(NumberText.fixed(high, 4))"
    return "\(engine.label): \(points.count) points, recall \(recall), "
      + "\(NumberText.rate(fast)) to \(NumberText.rate(slow)) queries a second"
  }

  private static func recall(_ point: CurvePoint) -> String {
    let recall = "recall \(NumberText.fixed(point.recall, 4))"
    guard let low = point.recallP5 else { return recall }
    return "\(recall) (p5 \(NumberText.fixed(low, 2)))"
  }

  private static func rate(_ point: CurvePoint) -> String {
    let rate = "\(NumberText.rate(point.qps)) queries/s"
    guard point.qpsMin < point.qpsMax else { return rate }
    return "\(rate) (\(NumberText.rate(point.qpsMin))–\(NumberText.rate(point.qpsMax)))"
  }
}
