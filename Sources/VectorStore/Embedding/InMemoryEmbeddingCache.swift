// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Vectors of texts in memory, for the life of the process.
public final class InMemoryEmbeddingCache: EmbeddingCache {
  private struct Contents {
    var vectors: [EmbeddingCacheKey: [Float]] = [:]
    /// The keys in the order in which they came, from `first` on.
    var order: [EmbeddingCacheKey] = []
    var first = 0
  }

  private let contents = Mutex(Contents())
  private let capacity: Int

  /// A cache of some number of vectors; the oldest makes place for the newest.
  public init(capacity: Int = 100_000) { self.capacity = max(0, capacity) }

  /// How many vectors it has.
  public var count: Int { contents.withLock { $0.vectors.count } }

  /// The vectors that are known.
  public func vectors(for keys: [EmbeddingCacheKey]) async -> [EmbeddingCacheKey: [Float]] {
    contents.withLock { contents in
      var found: [EmbeddingCacheKey: [Float]] = [:]
      for key in keys { found[key] = contents.vectors[key] }
      return found
    }
  }

  /// Keeps vectors.
  public func store(_ vectors: [EmbeddingCacheKey: [Float]]) async {
    contents.withLock { contents in
      for (key, vector) in vectors where contents.vectors.updateValue(vector, forKey: key) == nil {
        contents.order.append(key)
      }
      while contents.vectors.count > capacity {
        contents.vectors[contents.order[contents.first]] = nil
        contents.first += 1
      }
      if contents.first > contents.order.count / 2 {
        contents.order.removeFirst(contents.first)
        contents.first = 0
      }
    }
  }
}
