// SPDX-License-Identifier: Apache-2.0

/// Where an engine's latencies are read off.
enum LatencyPoint {
  /// The point with the smallest efSearch that reaches the recall among all rows; `nil` where none does, or the engine
  /// tells no latencies.
  static func of(_ record: EngineRecord, reaching recall: Double) -> CurvePoint? {
    record.points(nil).filter { $0.recall >= recall && $0.p50 != nil && $0.p99 != nil }.min { $0.ef < $1.ef }
  }
}
