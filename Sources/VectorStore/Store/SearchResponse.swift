// SPDX-License-Identifier: Apache-2.0

/// The answer to a search.
public struct SearchResponse: Sendable {
  /// The hits, best first; with diversity in the order in which they were picked.
  public var hits: [SearchHit]
  /// How it was made, if asked for.
  public var explanation: JSONObject?

  /// A response of these parts.
  public init(hits: [SearchHit], explanation: JSONObject? = nil) {
    self.hits = hits
    self.explanation = explanation
  }
}
