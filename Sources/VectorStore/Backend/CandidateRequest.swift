// SPDX-License-Identifier: Apache-2.0

/// What to look for: by vector, by keywords, or both at one moment of the store.
public struct CandidateRequest: Sendable {
  /// The search by vector.
  public struct Nearest: Sendable {
    /// The query's vector, of the store's dimension.
    public var vector: [Float]
    /// How many candidates. If so many that match and have a distance exist, so many come back.
    public var count: Int
    /// Nothing farther than this.
    public var distanceLimit: Float?
    /// HNSW's efSearch; the backend's choice if nil.
    public var efSearch: Int?
    /// IVFFlat's probes; the backend's choice if nil.
    public var probes: Int?
    /// Compares all that match.
    public var isExact: Bool

    /// A search of these values.
    public init(
      vector: [Float], count: Int, distanceLimit: Float? = nil, efSearch: Int? = nil, probes: Int? = nil,
      isExact: Bool = false
    ) {
      self.vector = vector
      self.count = count
      self.distanceLimit = distanceLimit
      self.efSearch = efSearch
      self.probes = probes
      self.isExact = isExact
    }
  }

  /// The search by keywords.
  public struct Keywords: Sendable {
    /// What a person wrote: any text. `"…"` is a phrase, `-word` excludes; of the other words any may match, and more
    /// is better.
    public var text: String
    /// How many candidates.
    public var count: Int

    /// A search of these values.
    public init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }

  /// The search by vector, if any.
  public var nearest: Nearest?
  /// The search by keywords, if any.
  public var keywords: Keywords?
  /// What may be found; nil is everything.
  public var filter: Filter?
  /// Whether the candidates' vectors are wanted.
  public var includesVectors: Bool
  /// Whether the plan and its times are wanted.
  public var explains: Bool

  /// A request of these values.
  public init(
    nearest: Nearest? = nil, keywords: Keywords? = nil, filter: Filter? = nil, includesVectors: Bool = false,
    explains: Bool = false
  ) {
    self.nearest = nearest
    self.keywords = keywords
    self.filter = filter
    self.includesVectors = includesVectors
    self.explains = explains
  }
}
