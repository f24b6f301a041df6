// SPDX-License-Identifier: Apache-2.0

/// What a check of a collection found.
public struct VerificationReport: Sendable, Hashable {
  /// One thing that was checked.
  public struct Check: Sendable, Hashable {
    /// What was checked.
    public var name: String
    /// What is wrong, and what mends it; nil where all is well.
    public var problem: String?

    /// A check of these values.
    public init(_ name: String, problem: String? = nil) {
      self.name = name
      self.problem = problem
    }
  }

  /// The checks, in the order in which they were made.
  public var checks: [Check]
  /// Whether all is well.
  public var isClean: Bool { checks.allSatisfy { $0.problem == nil } }

  /// A report of these checks.
  public init(checks: [Check]) { self.checks = checks }
}
