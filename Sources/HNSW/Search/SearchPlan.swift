// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The choice of a strategy from what a walk and a scan would cost.
///
/// Costs are in distances computed in the graph's order, each of which waits for memory.
struct SearchPlan {
  let strategy: SearchExplanation.Strategy
  /// The share of the slots that may be returned.
  let selectivity: Double
  /// Distances after which a walk gives up and the scan takes over.
  let budget: Int

  /// A distance in a scan, in order of the slots, beside one in a walk (measured on 384 and 768 dimensions: 0.3–0.4).
  private static let scanCost = 0.35
  /// Distances of an unfiltered walk: per candidate of the beam, and for the way in (measured, m = 16).
  private static let walkPerCandidate = 14.0
  private static let walkBase = 150.0
  /// A walk over allowed vectors two links at a time, beside an unfiltered one: it reads 2m lists for each candidate
  /// (measured at 10–30 % allowed: 2–5).
  private static let twoHopCost = 3.5
  /// A walk over everything that keeps a part s of it costs as much as an unfiltered one divided by s to this power.
  private static let plainExponent = 0.75

  /// - Parameters:
  ///   - matches: how many vectors may be returned.
  ///   - total: how many slots the graph has.
  init(matches: Int, total: Int, efSearch: Int, m: Int) {
    let scan = Double(matches) * Self.scanCost
    let walk = Self.walkBase + Double(efSearch) * Self.walkPerCandidate * (Double(m) / 16).squareRoot()
    selectivity = min(1, Double(matches) / Double(max(total, 1)))
    let plain = walk * pow(1 / max(selectivity, 1e-9), Self.plainExponent)
    let twoHop = walk * Self.twoHopCost
    if scan <= min(plain, twoHop) {
      strategy = .exact
    } else {
      strategy = plain <= twoHop ? .plain : .twoHop
    }
    // The scan bounds the regret: a walk that has cost as much as the scan stops, and the total is twice the better.
    budget = max(Int(scan), 1)
  }
}
