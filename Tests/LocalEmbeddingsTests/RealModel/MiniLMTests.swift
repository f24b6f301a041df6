// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore

/// The real model: published values, and the reference in double precision.
@Suite struct MiniLMTests {
  @Test func publishedValues() async throws {
    let embedder = try MiniLM.load()
    #expect(embedder.space == EmbeddingSpace(model: "all-MiniLM-L6-v2", dimension: 384, isNormalized: true))
    #expect(embedder.maxTokens == 256)
    #expect(embedder.tokenizer.ids(of: "This is an example sentence") == [101, 2023, 2003, 2019, 2742, 6251, 102])
    let vector = try await embedder.embed(query: "This is an example sentence")
    let published = [0.067657, 0.063496, 0.048713, 0.079305, 0.037448]
    #expect(Closeness.difference(Array(vector.prefix(5)), published) < 1e-6)
    let pair = try await embedder.embed(passages: ["A man is eating food.", "A man is eating a piece of bread."])
    #expect(abs(Closeness.cosine(pair[0], pair[1].map(Double.init)) - 0.7553) < 5e-5)
  }

  @Test func equalsTheReference() async throws {
    let embedder = try MiniLM.load()
    let reference = ReferenceBert(
      weights: try SafetensorsImage.read(MiniLM.folder + "/model.safetensors"), prefix: "", layers: 6, heads: 12,
      activation: "gelu", epsilon: 1e-12, takesFirstToken: false, normalizes: true)
    let texts = ["", "向量检索 and naïve café 😀", "let x = index.search([1, 0.2], k: 2)"]
    for (text, vector) in zip(texts, try await embedder.embed(passages: texts)) {
      let expected = reference.vector(embedder.tokenizer.ids(of: text))
      #expect(Closeness.cosine(vector, expected) > 0.999_999_9)
      #expect(Closeness.difference(vector, expected) < 2e-6)
    }
  }

  @Test func tenThousandWords() async throws {
    let words = Array(repeating: "retrieval augmented generation with vectors", count: 2_000).joined(separator: " ")
    let truncated = try await MiniLM.load().embed(query: words)
    let averaged = try await MiniLM.load(.init(longText: .meanOfWindows)).embed(query: words)
    // The same words over and over: both look at the same thing.
    #expect(Closeness.cosine(truncated, averaged.map(Double.init)) > 0.99)
    #expect(truncated != averaged)
  }

  @Test func meaningIsNear() async throws {
    let embedder = try MiniLM.load()
    let passages = ["The cat sits on the mat.", "Stock prices fell sharply today.", "How do I sort an array in Swift?"]
    let queries = ["a kitten lying on a rug", "the market crashed", "ordering the elements of a list in code"]
    let vectors = try await embedder.embed(passages: passages)
    for (index, query) in try await embedder.embed(queries: queries).enumerated() {
      let cosines = vectors.map { Closeness.cosine(query, $0.map(Double.init)) }
      #expect(cosines.max() == cosines[index])
    }
  }
}
