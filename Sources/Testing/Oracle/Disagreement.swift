// SPDX-License-Identifier: Apache-2.0

/// Where an answer and the oracle differ, with both.
public struct Disagreement: Sendable, Hashable, CustomStringConvertible {
  /// What differs. More may be added, so a `switch` needs a `default`.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A distance is outside of its bound.
    case distance
    /// A row stands before one that is nearer by more than the bounds.
    case order
    /// A row is not in the answer, though it is nearer than one that is, or matches.
    case missing
    /// A row is in the answer that is not there, or does not match.
    case extra
    /// A row is in the answer twice.
    case duplicate
    /// Fewer rows than asked for, though there are more.
    case tooFew
    /// More rows than asked for.
    case tooMany
    /// A fused score is another.
    case score
    /// Another candidate was the one to pick.
    case pick
    /// One side refuses what the other takes.
    case refusal
  }

  /// What differs.
  public let kind: Kind
  /// The row; nil where it is the whole answer.
  public let id: String?
  /// The oracle's side.
  public let expected: String
  /// The answer's side.
  public let found: String

  /// A disagreement of these parts.
  public init(_ kind: Kind, id: String? = nil, expected: String, found: String) {
    (self.kind, self.id, self.expected, self.found) = (kind, id, expected, found)
  }

  /// Both sides in a line.
  public var description: String {
    "\(kind.rawValue)\(id.map { " of '\($0)'" } ?? ""): expected \(expected); found \(found)"
  }
}
