// SPDX-License-Identifier: Apache-2.0

/// All that was tried, and what it comes to.
struct TuneOutcome: Sendable {
  let trials: [TuneTrial]
  /// The cheapest that reached the target.
  let chosen: TuneTrial?
  /// Whether it did so for the queries that were not used to choose, too, within twice their standard error.
  let isReached: Bool

  init(_ trials: [TuneTrial], target: TuneTarget.Values) {
    self.trials = trials
    let reached = trials.filter { $0.outcome == .reached }
    let fastest = reached.map(\.measured.p50Microseconds).min() ?? 0
    chosen = reached.filter { $0.measured.p50Microseconds <= 1.1 * fastest }.min { $0.buildSeconds < $1.buildSeconds }
    isReached = chosen?.heldOut.map { $0.recall + 2 * $0.standardError >= target.recall } ?? false
  }

  /// What came nearest where nothing reached the target: the highest recall, and of those the fastest.
  var nearest: TuneTrial? {
    trials.max {
      ($0.measured.recall, -$0.measured.p50Microseconds) < ($1.measured.recall, -$1.measured.p50Microseconds)
    }
  }
}
