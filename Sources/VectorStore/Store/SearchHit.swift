// SPDX-License-Identifier: Apache-2.0

/// A document that a search found.
public struct SearchHit: Sendable {
  /// The id, which is the document's too.
  public var id: String
  /// The document.
  public var document: Document
  /// The distance from the query in pgvector's convention, smaller is nearer; nil where there is none (a vector of norm
  /// zero under cosine, found by keywords).
  public var distance: Float?
  /// What the distance means, 0…1, more is better; see ``RelevanceScore``.
  public var relevance: Double?
  /// The fused score of a hybrid search, or the reranker's; more is better.
  public var score: Double?
  /// The vector, where it was asked for; otherwise empty.
  public var vector: [Float]

  /// A hit of these parts.
  public init(
    id: String, document: Document, distance: Float?, relevance: Double?, score: Double? = nil, vector: [Float] = []
  ) {
    self.id = id
    self.document = document
    self.distance = distance
    self.relevance = relevance
    self.score = score
    self.vector = vector
  }
}
