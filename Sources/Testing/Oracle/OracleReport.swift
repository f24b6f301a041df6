// SPDX-License-Identifier: Apache-2.0

/// What an oracle says of an answer.
public struct OracleReport: Sendable, CustomStringConvertible {
  /// Everything that is wrong with it.
  public var disagreements: [Disagreement] = []

  /// Whether nothing is wrong.
  public var isPassed: Bool { disagreements.isEmpty }

  /// A disagreement a line.
  public var description: String {
    isPassed ? "agrees" : disagreements.map(\.description).joined(separator: "\n")
  }

  mutating func add(_ kind: Disagreement.Kind, id: String? = nil, expected: String, found: String) {
    disagreements.append(Disagreement(kind, id: id, expected: expected, found: found))
  }
}
