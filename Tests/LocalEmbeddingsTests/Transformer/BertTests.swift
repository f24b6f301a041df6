// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore

/// Small models of many shapes against the forward pass in double precision.
@Suite struct BertTests {
  static let models: [TinyBert] = [
    TinyBert(),
    TinyBert(width: 48, layers: 1, heads: 3, inner: 96, pooling: "pooling_mode_cls_token"),
    TinyBert(width: 40, layers: 3, heads: 5, inner: 101, normalizes: false),
    TinyBert(width: 36, heads: 1, inner: 13, types: 1, activation: "gelu_new"),
    TinyBert(width: 50, heads: 10, inner: 400, activation: "relu", epsilon: 1e-5, prefix: "bert."),
    TinyBert(width: 7, layers: 4, heads: 7, inner: 5, activation: "tanh"),
    TinyBert(width: 400, layers: 1, heads: 4, inner: 800, activation: "gelu_pytorch_tanh"),
    TinyBert(kind: .float16),
    TinyBert(kind: .bfloat16),
  ]

  @Test(arguments: models.indices)
  func equalsTheReference(_ number: Int) async throws {
    let model = Self.models[number]
    let folder = try model.folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 2))
    let texts = Texts.random(25, seed: 5)
    let vectors = try await embedder.embed(passages: texts)
    #expect(embedder.space.dimension == model.width)
    #expect(embedder.space.isNormalized == model.normalizes)
    for (text, vector) in zip(texts, vectors) {
      var ids = embedder.tokenizer.ids(of: text)
      if ids.count > model.maxTokens { ids = ids.prefix(model.maxTokens - 1) + ids.suffix(1) }
      let expected = model.reference.vector(ids)
      #expect(Closeness.difference(vector, expected) < 2e-5)
      #expect(Closeness.cosine(vector, expected) > 0.999_999)
    }
  }

  @Test func oldNamesOfNormalization() async throws {
    let model = TinyBert()
    var weights = model.weights
    for (name, tensor) in weights.tensors where name.contains("LayerNorm") {
      weights.tensors[name] = nil
      weights.tensors[
        name.hasSuffix("weight") ? name.dropLast(6) + "gamma" : name.dropLast(4) + "beta"] = tensor
    }
    let folder = try model.folder()
    let usual = try await LocalEmbedder(folder: folder.path).embed(query: "the vector store")
    try folder.write(SafetensorsImage.bytes(weights), as: "model.safetensors")
    let old = try await LocalEmbedder(folder: folder.path).embed(query: "the vector store")
    #expect(usual == old)
  }

  @Test func vectorsDoNotDependOnCompanyOrThreads() async throws {
    let folder = try TinyBert().folder()
    let texts = Texts.random(120, seed: 11)
    let one = try LocalEmbedder(folder: folder.path, options: .init(threads: 1))
    let three = try LocalEmbedder(folder: folder.path, options: .init(threads: 3))
    let together = try await one.embed(passages: texts)
    #expect(try await three.embed(passages: texts) == together)
    for (text, vector) in zip(texts, together).prefix(20) {
      #expect(try await three.embed(passages: [text])[0] == vector)
    }
  }

  @Test func withoutModulesItIsMeanPoolingWithoutNormalization() async throws {
    var model = TinyBert()
    model.normalizes = false
    let folder = try model.folder()
    let whole = try await LocalEmbedder(folder: folder.path).embed(query: "vector")
    for name in ["modules.json", "1_Pooling/config.json", "sentence_bert_config.json"] { try folder.remove(name) }
    let bare = try LocalEmbedder(folder: folder.path)
    #expect(bare.maxTokens == model.positions)
    #expect(try await bare.embed(query: "vector") == whole)
  }
}
