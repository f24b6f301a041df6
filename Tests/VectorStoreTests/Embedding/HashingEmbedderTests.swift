// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore

@Suite("the hashing embedder")
struct HashingEmbedderTests {
  private func similarity(_ a: String, _ b: String, dimension: Int = 512) async throws -> Float {
    let vectors = try await HashingEmbedder(dimension: dimension).embed(passages: [a, b])
    return zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("vectors have norm 1 and are the same each time; nothing has the zero vector")
  func vectors() async throws {
    let embedder = try HashingEmbedder(dimension: 100)
    let vectors = try await embedder.embed(passages: ["some text", "向量数据库", "", " \n", "!?"])
    for place in [0, 1, 4] {
      let norm = vectors[place].reduce(0) { $0 + $1 * $1 }
      #expect(abs(norm - 1) < 1e-5)
    }
    #expect(vectors[2].allSatisfy { $0 == 0 } && vectors[3].allSatisfy { $0 == 0 })
    #expect(try await embedder.embed(queries: ["some text"]) == [vectors[0]])
    // All dimensions are used.
    let words = (0..<2_000).map { "word\($0)" }.joined(separator: " ")
    #expect(try await embedder.embed(passages: [words])[0].filter { $0 != 0 }.count > 95)
  }

  @Test("case, accents and width do not count; parts of words do")
  func folding() async throws {
    #expect(try await similarity("École Ångström", "ECOLE angstrom") > 0.999)
    #expect(try await similarity("e\u{301}cole", "école") > 0.999)
    #expect(try await similarity("ＡＢＣ１２３", "abc123") > 0.999)
    #expect(try await similarity("Straße", "strasse") > 0.999)
    let related = try await similarity("searching vectors", "vector search")
    let unrelated = try await similarity("searching vectors", "an oak tree")
    #expect(related > 0.2 && related > unrelated + 0.15)
  }

  @Test("Chinese and Japanese by pairs of characters")
  func scriptsWithoutSpaces() async throws {
    let related = try await similarity("向量检索", "pgvector 向量扩展")
    let unrelated = try await similarity("向量检索", "今天天气很好")
    #expect(related > 0.15 && related > unrelated + 0.1)
  }

  @Test("1 to 16,000 dimensions")
  func dimensions() async throws {
    #expect(try await HashingEmbedder(dimension: 1).embed(passages: ["x"])[0].count == 1)
    #expect(throws: VectorStoreError.self) { try HashingEmbedder(dimension: 0) }
    #expect(throws: VectorStoreError.self) { try HashingEmbedder(dimension: 16_001) }
  }
}
