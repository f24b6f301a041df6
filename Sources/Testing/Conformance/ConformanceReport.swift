// SPDX-License-Identifier: Apache-2.0

/// What a run of ``BackendConformance`` found.
public struct ConformanceReport: Sendable, CustomStringConvertible {
  /// What came of a case.
  public enum Result: Sendable, Hashable {
    case passed
    /// With what was expected and what was there.
    case failed(String)
    /// With what the backend lacks.
    case skipped(String)
  }

  /// A case with what came of it.
  public struct Outcome: Sendable, Hashable {
    /// The case.
    public var name: String
    /// What came of it.
    public var result: Result

    /// A case with what came of it.
    public init(name: String, result: Result) {
      self.name = name
      self.result = result
    }
  }

  /// The cases that ran, in their order.
  public var outcomes: [Outcome]

  /// The cases that failed, with what was expected and what was there.
  public var failures: [(name: String, reason: String)] {
    outcomes.compactMap { outcome in
      if case .failed(let reason) = outcome.result { (outcome.name, reason) } else { nil }
    }
  }

  /// Whether no case failed.
  public var isPassed: Bool { failures.isEmpty }

  /// The failures and the number of cases, for people.
  public var description: String {
    let lines = failures.map { "\($0.name): \($0.reason)" }
    return (lines + ["\(failures.count) of \(outcomes.count) cases failed"]).joined(separator: "\n")
  }
}
