// SPDX-License-Identifier: Apache-2.0

/// What has been compared, and what came of it.
struct VerifyTally: Sendable {
  /// What is counted apart.
  struct Key: Hashable, Sendable {
    let suite: VerifySuiteName
    let type: String
    let operation: String
  }

  /// How many comparisons there were.
  private(set) var comparisons: [Key: Int] = [:]
  /// How many of a suite's own things were compared: pairs, queries, inputs, filters, selections, rankings.
  private(set) var units: [VerifySuiteName: Int] = [:]
  /// Cases run.
  private(set) var cases: [VerifySuiteName: Int] = [:]
  private(set) var disagreements: [VerifyDisagreement] = []
  /// All that were found; the first ``listLimit`` are listed.
  private(set) var disagreementCount = 0
  /// The bad inputs with what both sides said of them.
  private(set) var refusals: [VerifyRefusal] = []

  private static let listLimit = 100

  mutating func count(_ suite: VerifySuiteName, _ type: String, _ operation: String, _ number: Int = 1) {
    comparisons[Key(suite: suite, type: type, operation: operation), default: 0] += number
  }

  mutating func countUnits(_ suite: VerifySuiteName, _ number: Int = 1) { units[suite, default: 0] += number }
  mutating func countCase(_ suite: VerifySuiteName) { cases[suite, default: 0] += 1 }

  mutating func add(_ disagreement: VerifyDisagreement) {
    disagreementCount += 1
    if disagreements.count < Self.listLimit { disagreements.append(disagreement) }
  }

  mutating func add(_ refusal: VerifyRefusal) { refusals.append(refusal) }
}
