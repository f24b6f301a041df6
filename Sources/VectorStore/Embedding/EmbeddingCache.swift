// SPDX-License-Identifier: Apache-2.0

/// Keeps vectors of texts, so that no text is embedded twice; see ``CachedEmbedder``.
///
/// A cache may forget at any time, and may be shared by embedders of several models.
public protocol EmbeddingCache: Sendable {
  /// The vectors that are known.
  func vectors(for keys: [EmbeddingCacheKey]) async throws -> [EmbeddingCacheKey: [Float]]

  /// Keeps vectors, in the place of those of equal keys.
  func store(_ vectors: [EmbeddingCacheKey: [Float]]) async throws
}
