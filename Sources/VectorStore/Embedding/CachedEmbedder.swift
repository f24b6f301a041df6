// SPDX-License-Identifier: Apache-2.0

/// Another embedder that asks for the vector of each passage once only.
///
/// Queries are not cached: some providers embed them otherwise than passages without a prompt that tells the two apart.
public struct CachedEmbedder: Embedder {
  /// Makes the vectors that the cache does not have.
  public let base: any Embedder
  /// Has the vectors.
  public let cache: any EmbeddingCache

  /// An embedder with a cache before it.
  public init(_ base: any Embedder, cache: any EmbeddingCache) {
    self.base = base
    self.cache = cache
  }

  /// The space of the vectors.
  public var space: EmbeddingSpace { base.space }

  /// The vectors of passages; each text that the cache does not have is embedded once.
  ///
  /// - Throws: what the embedder and the cache throw.
  public func embed(passages texts: [String]) async throws -> [[Float]] {
    let space = base.space
    let keys = texts.map { EmbeddingCacheKey(passage: $0, space: space) }
    var known = try await cache.vectors(for: Array(Set(keys))).filter { $1.count == space.dimension }
    var missing: [(key: EmbeddingCacheKey, text: String)] = []
    var seen: Set<EmbeddingCacheKey> = []
    for (key, text) in zip(keys, texts) where known[key] == nil && seen.insert(key).inserted {
      missing.append((key, text))
    }
    if !missing.isEmpty {
      let vectors = try await base.embed(passages: missing.map { $0.text })
      try space.check(vectors: vectors, count: missing.count)
      let new = Dictionary(zip(missing.map { $0.key }, vectors)) { first, _ in first }
      try await cache.store(new)
      known.merge(new) { _, new in new }
    }
    return keys.compactMap { known[$0] }
  }

  /// The vectors of queries, from the embedder.
  public func embed(queries texts: [String]) async throws -> [[Float]] { try await base.embed(queries: texts) }
}
