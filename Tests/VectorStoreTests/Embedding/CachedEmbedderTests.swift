// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct CachedEmbedderTests {
  @Test func noPassageIsEmbeddedTwice() async throws {
    let base = CountingEmbedder()
    let cache = InMemoryEmbeddingCache()
    let embedder = CachedEmbedder(base, cache: cache)
    #expect(embedder.space == base.space)
    let texts = ["a", "b", "a", "é", "e\u{301}"]
    #expect(try await embedder.embed(passages: texts) == texts.map { base.vector(of: $0) })
    #expect(await base.passages.value == 4)
    #expect(try await embedder.embed(passages: ["b", "c"]) == ["b", "c"].map { base.vector(of: $0) })
    #expect(await base.passages.value == 5)
    #expect(cache.count == 5)
    #expect(try await embedder.embed(passages: []).isEmpty)
    #expect(try await embedder.embed(query: "a") == base.vector(of: "a"))
    #expect(await base.queryCalls.value == 1)
  }

  @Test func keysTellSpacesApart() async throws {
    let spaces = [
      EmbeddingSpace(model: "m", dimension: 4), EmbeddingSpace(model: "n", dimension: 4),
      EmbeddingSpace(model: "m", dimension: 5), EmbeddingSpace(model: "m", dimension: 4, isNormalized: true),
      EmbeddingSpace(model: "m", dimension: 4, passagePrompt: "passage: "),
    ]
    #expect(Set(spaces.map { EmbeddingCacheKey(passage: "a", space: $0) }).count == 5)
    // What is put before queries, and the metric, do not change a passage's vector.
    let same = EmbeddingSpace(model: "m", dimension: 4, metric: .l2, queryPrompt: "query: ")
    #expect(EmbeddingCacheKey(passage: "a", space: same) == EmbeddingCacheKey(passage: "a", space: spaces[0]))
  }

  @Test func theOldestMakesPlace() async throws {
    let cache = InMemoryEmbeddingCache(capacity: 2)
    let keys = (0..<5).map { EmbeddingCacheKey(passage: String($0), space: EmbeddingSpace(model: "m", dimension: 1)) }
    for (number, key) in keys.enumerated() { await cache.store([key: [Float(number)]]) }
    #expect(await cache.vectors(for: keys) == [keys[3]: [3], keys[4]: [4]])
    await cache.store([keys[3]: [9]])
    #expect(await cache.vectors(for: keys) == [keys[3]: [9], keys[4]: [4]])
  }

  @Test func wrongVectorsAreNotUsed() async throws {
    let base = CountingEmbedder()
    let cache = InMemoryEmbeddingCache()
    await cache.store([EmbeddingCacheKey(passage: "a", space: base.space): [1]])
    #expect(try await CachedEmbedder(base, cache: cache).embed(passages: ["a"]) == [base.vector(of: "a")])
  }
}
