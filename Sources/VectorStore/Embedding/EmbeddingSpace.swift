// SPDX-License-Identifier: Apache-2.0

public import HNSW

/// What makes vectors comparable: a store records it at creation and refuses another.
public struct EmbeddingSpace: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The model, as its provider names it; empty where it is not known, as for vectors that came without their model.
  public var model: String
  /// Numbers (or, for the binary metrics, bits) in a vector.
  public var dimension: Int
  /// How far vectors are from each other.
  public var metric: Metric
  /// Whether the vectors have norm 1.
  public var isNormalized: Bool
  /// What is put before a query's text ahead of embedding, such as `query: `; empty for most models.
  public var queryPrompt: String
  /// What is put before a passage's text ahead of embedding.
  public var passagePrompt: String

  /// A space with these properties.
  public init(
    model: String, dimension: Int, metric: Metric = .cosine, isNormalized: Bool = false, queryPrompt: String = "",
    passagePrompt: String = ""
  ) {
    self.model = model
    self.dimension = dimension
    self.metric = metric
    self.isNormalized = isNormalized
    self.queryPrompt = queryPrompt
    self.passagePrompt = passagePrompt
  }

  /// Refuses another space than this, the store's. Where one of the two models is not known, dimension and metric count.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingSpaceMismatch``; the message says both values of each property that
  ///   differs.
  public func check(_ other: EmbeddingSpace) throws {
    var known = self
    if model.isEmpty || other.model.isEmpty {
      known = other
      known.dimension = dimension
      known.metric = metric
    }
    let differences = known.differences(from: other)
    guard !differences.isEmpty else { return }
    throw VectorStoreError(
      .embeddingSpaceMismatch,
      "the store's vectors cannot be compared with the embedder's: \(differences.joined(separator: "; ")). "
        + "Use the embedder that made the store, or make a new store")
  }

  /// What differs, with both values.
  private func differences(from other: EmbeddingSpace) -> [String] {
    var differences: [String] = []
    func compare(_ name: String, _ a: String, _ b: String) {
      if !ByteOrder.equal(a, b) { differences.append("\(name) \(a) in the store, \(b) here") }
    }
    compare("model", model, other.model)
    compare("dimension", String(dimension), String(other.dimension))
    compare("metric", metric.rawValue, other.metric.rawValue)
    compare("normalized", String(isNormalized), String(other.isNormalized))
    compare("query prompt", "\"\(queryPrompt)\"", "\"\(other.queryPrompt)\"")
    compare("passage prompt", "\"\(passagePrompt)\"", "\"\(other.passagePrompt)\"")
    return differences
  }

  /// Whether both are the same space.
  public static func == (a: EmbeddingSpace, b: EmbeddingSpace) -> Bool { a.differences(from: b).isEmpty }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ByteKey(model))
    hasher.combine(dimension)
    hasher.combine(metric)
  }

  /// A text for people.
  public var description: String {
    "\(model), \(dimension) dimensions, \(metric.rawValue)\(isNormalized ? ", normalized" : "")"
  }
}
