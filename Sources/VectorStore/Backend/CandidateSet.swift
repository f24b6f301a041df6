// SPDX-License-Identifier: Apache-2.0

/// What a backend found, at one moment of the store.
public struct CandidateSet: Sendable {
  /// A document that was found, with how well it fits: the distance for a hit by vector, the keyword score (more is
  /// better) for a hit by keywords.
  public struct Candidate: Sendable {
    /// The document; its vector is empty where vectors were not asked for.
    public var record: Record
    /// The distance, or the keyword score.
    public var value: Double

    /// A candidate of these parts.
    public init(record: Record, value: Double) {
      self.record = record
      self.value = value
    }
  }

  /// Hits by vector, nearest first; equal distances in an order of the backend's own, which need not decide by id
  /// which of them are among the first k.
  public var nearest: [Candidate]
  /// Hits by keywords, best first.
  public var keywords: [Candidate]
  /// What was done, if asked for: names and values for people, in order.
  public var explanation: JSONObject?

  /// A set of these parts.
  public init(nearest: [Candidate] = [], keywords: [Candidate] = [], explanation: JSONObject? = nil) {
    self.nearest = nearest
    self.keywords = keywords
    self.explanation = explanation
  }
}
