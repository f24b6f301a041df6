// SPDX-License-Identifier: Apache-2.0

/// The points of a curve that count.
package enum ParetoFront {
  /// The points that no other beats in both recall and queries a second, by rising recall.
  ///
  /// - Complexity: O(n log n)
  package static func of(_ points: [CurvePoint]) -> [CurvePoint] {
    var front: [CurvePoint] = []
    for point in points.sorted(by: { ($0.qps, $0.recall) > ($1.qps, $1.recall) }) {
      if front.last.map({ point.recall > $0.recall }) ?? true {
        front.append(point)
      }
    }
    return front
  }

  /// The queries a second at `recall`, interpolated log-linearly (the logarithm of the rate against the recall) between
  /// the neighbours on the front of `points`.
  ///
  /// - Returns: `nil` where no point reaches it. Where even the first point of the front is above it, that point's rate,
  ///   which is a lower bound.
  package static func rate(at recall: Double, of points: [CurvePoint]) -> (qps: Double, isLowerBound: Bool)? {
    let front = of(points)
    guard let above = front.firstIndex(where: { $0.recall >= recall }) else { return nil }
    let upper = front[above]
    guard above > 0 else { return (upper.qps, upper.recall > recall) }
    let lower = front[above - 1]
    let share = (recall - lower.recall) / (upper.recall - lower.recall)
    return (Logarithm.interpolate(lower.qps, upper.qps, share), false)
  }
}
