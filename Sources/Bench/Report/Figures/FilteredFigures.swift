// SPDX-License-Identifier: Apache-2.0

/// What one filter does to one engine.
package struct FilteredFigures: Sendable {
  /// The recall that filtered searches are compared at.
  package static let target = 0.98

  package let filter: FilterKey
  /// The smallest efSearch that reaches the target without a filter, and the filtered recall and rate there; `nil` where
  /// there is no such efSearch, or it was not measured with the filter.
  package let same: CurvePoint?
  /// The rate at the target; `nil` where it is not reached.
  package let qpsAtTarget: Double?
  /// The point with the highest recall.
  package let best: CurvePoint

  /// The figures of `record` for `filter`; `nil` where it was not measured with it.
  package init?(_ record: EngineRecord, _ filter: FilterKey) {
    let own = record.points(filter)
    guard let best = own.max(by: { ($0.recall, $0.qps) < ($1.recall, $1.qps) }) else { return nil }
    self.filter = filter
    self.best = best
    let ef = record.points(nil).filter { $0.recall >= Self.target }.map(\.ef).min()
    same = own.first { $0.ef == ef }
    qpsAtTarget = ParetoFront.rate(at: Self.target, of: own)?.qps
  }

  /// The rate to compare by: at the target, or at its best where it does not reach that.
  package var rate: Double { qpsAtTarget ?? best.qps }
}
