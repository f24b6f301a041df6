// SPDX-License-Identifier: Apache-2.0

/// What a hit has to keep to, whatever path it came by.
struct Thresholds {
  private let minimumRelevance: Double?
  private let maximumDistance: Float?
  /// What the backend may leave out: nothing that the thresholds allow, by a hair more than they say, as a backend may
  /// compare before it rounds to Float32.
  let distanceLimit: Float?

  init(_ request: SearchRequest, _ score: RelevanceScore?) {
    minimumRelevance = request.minimumRelevance
    maximumDistance = request.maximumDistance
    var limit = request.maximumDistance ?? .infinity
    if let minimum = request.minimumRelevance, let score {
      limit = min(limit, score.distanceLimit(relevance: minimum) ?? -.infinity)
    }
    distanceLimit = limit < .infinity ? limit.nextUp : nil
  }

  /// Whether there is nothing to keep to.
  var isEmpty: Bool { minimumRelevance == nil && maximumDistance == nil }

  /// Whether a hit may be in the answer; one that has no distance may not, if there is a threshold.
  func hold(for hit: SearchHit) -> Bool {
    if isEmpty { return true }
    guard let distance = hit.distance, let relevance = hit.relevance else { return false }
    return distance <= maximumDistance ?? .infinity && relevance >= minimumRelevance ?? 0
  }
}
