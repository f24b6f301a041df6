// SPDX-License-Identifier: Apache-2.0

/// The id of a document with a score.
public struct ScoredID: Sendable, Hashable {
  /// The document's id.
  public let id: String
  /// What it means, and whether more is better, depends on where it comes from.
  public let score: Double

  /// An id with its score.
  public init(id: String, score: Double) {
    self.id = id
    self.score = score
  }

  /// Whether both are the same, strings by their bytes.
  public static func == (a: ScoredID, b: ScoredID) -> Bool { ByteOrder.equal(a.id, b.id) && a.score == b.score }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ByteKey(id))
    hasher.combine(score)
  }
}
