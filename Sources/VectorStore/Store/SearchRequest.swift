// SPDX-License-Identifier: Apache-2.0

/// A search: what is asked, and how the answer is made.
///
/// ```swift
/// var request = SearchRequest(.text("How do I tune ef_search?"), k: 10)
/// request.filter = Field("lang") == "en"
/// request.hybrid = Hybrid()
/// ```
public struct SearchRequest: Sendable {
  /// What is asked.
  public enum Query: Sendable {
    /// A text, which the store's embedder makes a vector of.
    case text(String)
    /// A vector, of the store's dimension.
    case vector([Float])
    /// The vector of a stored document, which itself is not in the answer.
    case like(id: String)
  }

  /// Keyword search beside the vector search.
  public struct Hybrid: Sendable, Hashable {
    /// How the two rankings become one.
    public var fusion: Fusion
    /// Candidates of each ranking; the larger of k and 4·k up to 100 if nil.
    public var candidates: Int?
    /// The words to look for; the query's text if nil. A search by vector needs it.
    public var keywords: String?

    /// Hybrid search of these parts.
    public init(fusion: Fusion = .reciprocalRank(), candidates: Int? = nil, keywords: String? = nil) {
      self.fusion = fusion
      self.candidates = candidates
      self.keywords = keywords
    }
  }

  /// What is asked.
  public var query: Query
  /// How many documents, 0 or more. If so many that match exist, so many come back.
  public var k: Int
  /// What may be found; nil is everything.
  public var filter: Filter?
  /// Keywords beside the vector; nil searches by vector alone.
  public var hybrid: Hybrid?
  /// Diversity: picks k of the best candidates; nil takes the best.
  public var diversity: MaximalMarginalRelevance?
  /// Nothing of less relevance, 0…1, than this.
  public var minimumRelevance: Double?
  /// Nothing farther than this.
  public var maximumDistance: Float?
  /// Reorders the candidates before the best k are taken.
  public var reranker: (any Reranker)?
  /// Candidates that the reranker gets; the larger of k and 4·k up to 100 if nil.
  public var rerankCandidates: Int?
  /// HNSW's efSearch; the backend's choice if nil.
  public var efSearch: Int?
  /// IVFFlat's probes; the backend's choice if nil.
  public var probes: Int?
  /// Compares all that match instead of using an index.
  public var isExact: Bool
  /// Whether hits have their vectors.
  public var includesVectors: Bool
  /// Whether the response says how it was made.
  public var explains: Bool

  /// A search by vector; set the other members for more.
  public init(_ query: Query, k: Int = 5, filter: Filter? = nil) {
    self.query = query
    self.k = k
    self.filter = filter
    isExact = false
    includesVectors = false
    explains = false
  }
}
