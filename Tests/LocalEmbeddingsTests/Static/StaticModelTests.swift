// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct StaticModelTests {
  private let vocabulary = TinyBert.vocabulary
  private let table: Weights = {
    var generator = SeededGenerator(3)
    var weights = Weights()
    weights.random("embeddings", [TinyBert.vocabulary.count, 20], &generator)
    return weights
  }()

  private func row(_ id: Int) -> [Double] { Array(table.numbers("embeddings")[(id * 20)..<(id * 20 + 20)]) }

  private func mean(_ rows: [[Double]], normalized: Bool) -> [Double] {
    let sum = (0..<20).map { column in rows.reduce(0) { $0 + $1[column] } / Double(max(rows.count, 1)) }
    let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return normalized && norm > 0 ? sum.map { $0 / norm } : sum
  }

  private func model2Vec(_ config: String = "{\"model_type\":\"model2vec\",\"normalize\":true}") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(SafetensorsImage.bytes(table), as: "model.safetensors")
    try folder.write(config, as: "config.json")
    try folder.write(TinyTokenizer.json(vocabulary), as: "tokenizer.json")
    return folder
  }

  @Test func model2VecDropsUnknownWords() async throws {
    let folder = try model2Vec()
    let embedder = try LocalEmbedder(folder: folder.path)
    #expect(embedder.space.dimension == 20)
    #expect(embedder.space.isNormalized)
    let texts = Texts.random(30, seed: 1) + ["", "🙂 🙂"]
    for (text, vector) in zip(texts, try await embedder.embed(passages: texts)) {
      let ids = embedder.tokenizer.ids(of: text, addingSpecialTokens: false).filter { $0 != 1 }
      #expect(Closeness.difference(vector, mean(ids.map { row(Int($0)) }, normalized: true)) < 1e-6)
    }
  }

  @Test func staticEmbeddingKeepsUnknownWords() async throws {
    let folder = try TemporaryFolder()
    var weights = Weights()
    weights.tensors["embedding.weight"] = table.tensors["embeddings"]
    try folder.write(SafetensorsImage.bytes(weights), as: "0_StaticEmbedding/model.safetensors")
    try folder.write(TinyTokenizer.json(vocabulary), as: "0_StaticEmbedding/tokenizer.json")
    try folder.write(
      "[{\"idx\":0,\"path\":\"0_StaticEmbedding\",\"type\":\"sentence_transformers.models.StaticEmbedding\"}]",
      as: "modules.json")
    let embedder = try LocalEmbedder(folder: folder.path)
    #expect(!embedder.space.isNormalized)
    #expect(embedder.maxTokens == .max)
    #expect(embedder.passageCapacity == .max)
    let texts = Texts.random(30, seed: 2) + [String(repeating: "vector ", count: 3000)]
    for (text, vector) in zip(texts, try await embedder.embed(passages: texts)) {
      let ids = embedder.tokenizer.ids(of: text, addingSpecialTokens: false)
      #expect(Closeness.difference(vector, mean(ids.map { row(Int($0)) }, normalized: false)) < 5e-5)
    }
  }

  @Test func sharedRowsAndWeights() async throws {
    let folder = try model2Vec("{\"model_type\":\"model2vec\",\"normalize\":false}")
    // Two rows for all tokens, and a factor for each token.
    var image = Weights()
    image.tensors["embeddings"] = Weights.Array(shape: [2, 2], numbers: [1, 2, 3, 4])
    let count = vocabulary.count
    image.tensors["weights"] = Weights.Array(shape: [count], numbers: (0..<count).map { Float($0) })
    var bytes = SafetensorsImage.bytes(image)
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    var header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
    let end = bytes.count - 8 - length
    header.removeLast()
    header += ",\"mapping\":{\"dtype\":\"I64\",\"shape\":[\(count)],\"data_offsets\":[\(end),\(end + 8 * count)]}}"
    var mapping = [UInt8](repeating: 0, count: 8 * count)
    for token in 0..<count { mapping[8 * token] = UInt8(token % 2) }
    let data = bytes[(8 + length)...]
    bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    bytes += Array(header.utf8)
    bytes += data
    bytes += mapping
    try folder.write(bytes, as: "model.safetensors")
    let vector = try await LocalEmbedder(folder: folder.path).embed(query: "a b")
    // "a" is token 5, "b" 6: rows 1 and 0, factors 5 and 6, so (5 · [3, 4] + 6 · [1, 2]) / 2.
    let expected: [Float] = [10.5, 16]
    #expect(vector == expected)
    bytes[bytes.count - 8] = 2
    try folder.write(bytes, as: "model.safetensors")
    #expect(throws: VectorStoreError.self) { try LocalEmbedder(folder: folder.path) }
  }
}
