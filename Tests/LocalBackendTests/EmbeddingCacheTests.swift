// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct EmbeddingCacheTests {
  private func key(_ text: String, prompt: String = "") -> EmbeddingCacheKey {
    EmbeddingCacheKey(
      passage: text, space: EmbeddingSpace(model: "m", dimension: 3, passagePrompt: prompt))
  }

  @Test func keepsVectorsAcrossOpenings() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("cache")
    let cache = try await SQLiteEmbeddingCache(path: path)
    try await cache.store([key("a"): [1, 2, 3], key("b"): [4, 5, 6]])
    try await cache.store([key("b"): [7, 8, 9], key("a", prompt: "p: "): [0, 0, 1]])
    await cache.close()
    let again = try await SQLiteEmbeddingCache(path: path)
    let found = try await again.vectors(for: [key("a"), key("b"), key("c"), key("a", prompt: "p: ")])
    #expect(found == [key("a"): [1, 2, 3], key("b"): [7, 8, 9], key("a", prompt: "p: "): [0, 0, 1]])
    await again.close()
  }

  @Test func refusesWhatIsNoCache() async throws {
    let folder = try TemporaryFolder()
    let store = try await LocalBackend.open(StoreURL(folder.file("store.db")), options: OpenOptions())
    try await store.close()
    for (path, code) in [
      (folder.file("store.db"), VectorStoreError.Code.schemaMismatch), (folder.file("none/cache"), .notFound),
      (folder.path, .notFound),
    ] {
      let error = await #expect(throws: VectorStoreError.self) { _ = try await SQLiteEmbeddingCache(path: path) }
      #expect(error?.code == code)
    }
  }
}
