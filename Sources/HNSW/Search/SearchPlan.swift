// SPDX-License-Identifier: Apache-2.0

/// The choice of a strategy from what a walk and a scan would cost.
///
/// Costs are in distances computed in the graph's order, each of which waits for memory.
struct SearchPlan {
  let strategy: SearchExplanation.Strategy
  /// Distances after which a walk gives up and the scan takes over.
  let budget: Int

  /// A distance in a scan, in order of the slots, beside one in a walk (measured on 384 and 768 dimensions, 0.2–0.4).
  private static let scanCost = 0.3
  /// Above it walking over everything meets enough allowed vectors.
  private static let plainSelectivity = 0.35
  /// Distances of an unfiltered walk: per candidate of the beam, and for the way in (measured, m = 16).
  private static let walkPerCandidate = 14.0
  private static let walkBase = 150.0

  /// - Parameters:
  ///   - matches: how many vectors may be returned.
  ///   - total: how many slots the graph has.
  init(matches: Int, total: Int, efSearch: Int, m: Int) {
    let scan = Double(matches) * Self.scanCost
    let selectivity = total > 0 ? Double(matches) / Double(total) : 1
    let walk = Self.walkBase + Double(efSearch) * Self.walkPerCandidate * (Double(m) / 16).squareRoot()
    let plain = walk / max(selectivity, 1e-9).squareRoot()
    let twoHop = walk * 1.5
    let best = selectivity >= Self.plainSelectivity ? plain : twoHop
    if scan <= best {
      strategy = .exact
    } else {
      strategy = selectivity >= Self.plainSelectivity ? .plain : .twoHop
    }
    // The scan bounds the regret: a walk that has cost as much as the scan stops, and the total is twice the better.
    budget = max(Int(scan), 1)
  }
}
