// SPDX-License-Identifier: Apache-2.0

import HNSW
import LocalBackend
import Testing
import VectorStoreCore

/// What queries find, beyond what the conformance suite asks of every backend.
@Suite struct KeywordTests {
  private let texts = [
    "mixed": "pgvector 向量扩展 index for PostgreSQL", "plain": "a vector store in SQLite",
    "other": "stores of vectors, no phrase",
    "rare": "a vector store of sqlite3 and zebras", "single": "向 and nothing else", "kana": "データベースの検索",
  ]

  private func found(_ query: String) async throws -> [String] {
    let store = try await LocalBackend.open(
      StoreURL("memory:"), options: OpenOptions(space: EmbeddingSpace(model: "m", dimension: 1, metric: .l2)))
    var batch = WriteBatch()
    batch.upserts = texts.map { Record(id: $0.key, content: $0.value, vector: [1]) }
    _ = try await store.write(batch, progress: nil)
    let hits = try await store.candidates(CandidateRequest(keywords: .init(text: query, count: 10))).keywords
    try await store.close()
    return hits.map(\.record.id)
  }

  @Test func phrasesGoOnAfterIdeographs() async throws {
    #expect(try await found("\"向量扩展 index\"") == ["mixed"])
    #expect(try await found("\"pgvector 向量扩展\"") == ["mixed"])
    #expect(try await found("\"量扩\"") == ["mixed"])
    #expect(try await found("\"扩展 pgvector\"").isEmpty)
    #expect(try await found("\"向 and nothing\"") == ["single"])
  }

  @Test func oneIdeographFindsItsWords() async throws {
    #expect(Set(try await found("向")) == ["mixed", "single"])
    #expect(try await found("展") == ["mixed"])
    #expect(try await found("検索") == ["kana"])
  }

  @Test func wordsBesideAPhraseRank() async throws {
    #expect(try await found("\"vector store\" zebras") == ["rare", "plain"])
    #expect(Set(try await found("\"vector store\" absent")) == ["rare", "plain"])
    #expect(try await found("\"vector store\" -zebras") == ["plain"])
  }
}
