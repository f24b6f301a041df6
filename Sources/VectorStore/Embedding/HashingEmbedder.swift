// SPDX-License-Identifier: Apache-2.0

/// A lexical embedder: texts that share words and parts of words are near each other. It knows nothing of meaning.
///
/// For tests and for first steps without a model: it needs no files and no network, and gives the same vectors on every
/// machine. Words, folded to lower case and without accents, and their character trigrams are features; of Chinese,
/// Japanese and Thai the single characters and their pairs. Each feature is hashed to a dimension and a sign
/// (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009), weighs the square root of its
/// count, and the vector is scaled to norm 1. Very common English words weigh little, since there are no corpus
/// statistics.
///
/// A text without a letter, digit or symbol has the zero vector, which has no cosine distance.
public struct HashingEmbedder: Embedder {
  /// How many dimensions there may be.
  public static let dimensions = 1...16_000

  /// Names the algorithm: stores of another version are refused.
  public let space: EmbeddingSpace

  /// An embedder of this many dimensions; 256 and more keep apart what few share.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` outside of 1…16,000.
  public init(dimension: Int = 512) throws {
    guard Self.dimensions.contains(dimension) else {
      throw VectorStoreError(
        .invalidArgument, "the hashing embedder has 1 to 16000 dimensions, not \(dimension)")
    }
    space = EmbeddingSpace(model: "hashing-1", dimension: dimension, isNormalized: true)
  }

  /// The vectors of passages.
  ///
  /// - Complexity: O(n) in the length of the texts.
  public func embed(passages texts: [String]) async throws -> [[Float]] {
    var vectors: [[Float]] = []
    vectors.reserveCapacity(texts.count)
    for (place, text) in texts.enumerated() {
      if place % 64 == 0 {
        try Task.checkCancellation()
        // A query is one text, and done sooner than it would have its turn again.
        if place > 0 { await Task.yield() }
      }
      vectors.append(vector(of: text))
    }
    return vectors
  }

  /// The vectors of queries, which are made as those of passages.
  public func embed(queries texts: [String]) async throws -> [[Float]] { try await embed(passages: texts) }

  /// The vector of a text.
  func vector(of text: String) -> [Float] {
    var sums = Array(repeating: 0.0, count: space.dimension)
    for (feature, weight) in LexicalFeatures(text).weights {
      // The dimension is from the upper half of the hash, the sign from its lowest bit.
      let place = Int(((feature >> 32) &* UInt64(space.dimension)) >> 32)
      sums[place] += feature & 1 == 0 ? weight : -weight
    }
    let norm = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? sums.map { Float($0 / norm) } : sums.map { _ in 0 }
  }
}
