// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore

/// Errors name the file, the tensor and what was expected.
@Suite struct BrokenFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TinyBert().folder() }

  /// The error of loading the folder.
  private func failure(_ code: VectorStoreError.Code, _ parts: String...) throws {
    let error = #expect(throws: VectorStoreError.self) { try LocalEmbedder(folder: folder.path) }
    #expect(error?.code == code)
    for part in parts { #expect(error?.message.contains(part) == true, "\(part) is not in: \(error?.message ?? "")") }
  }

  private func replace(_ old: String, by new: String, in name: String) throws {
    let text = String(decoding: try folder.read(name), as: UTF8.self)
    #expect(text.contains(old))
    try folder.write(text.replacing(old, with: new), as: name)
  }

  @Test func nothingThere() throws {
    #expect(throws: VectorStoreError.self) { try LocalEmbedder(folder: "/nowhere/at all") }
    #expect(throws: VectorStoreError.self) { try LocalEmbedder(folder: folder.path + "/config.json") }
  }

  @Test(arguments: ["config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
  func missingFile(_ name: String) throws {
    try folder.remove(name)
    try failure(.notFound, name)
  }

  @Test func otherArchitecture() throws {
    try replace("\"bert\"", by: "\"xlm-roberta\"", in: "config.json")
    try failure(.unsupported, "config.json", "xlm-roberta")
  }

  @Test func otherPositions() throws {
    try replace("\"absolute\"", by: "\"alibi\"", in: "config.json")
    try failure(.unsupported, "config.json", "alibi")
  }

  @Test func otherActivation() throws {
    try replace("\"gelu\"", by: "\"mish\"", in: "config.json")
    try failure(.unsupported, "config.json", "mish")
  }

  @Test func otherTokenizer() throws {
    try replace("\"type\":\"WordPiece\"", by: "\"type\":\"Unigram\"", in: "tokenizer.json")
    try failure(.unsupported, "tokenizer.json", "Unigram")
  }

  @Test func otherPreTokenizer() throws {
    try replace("\"BertPreTokenizer\"", by: "\"Metaspace\"", in: "tokenizer.json")
    try failure(.unsupported, "tokenizer.json", "Metaspace")
  }

  @Test func otherPooling() throws {
    try replace("mean_tokens", by: "lasttoken", in: "1_Pooling/config.json")
    try failure(.unsupported, "1_Pooling/config.json", "lasttoken")
  }

  @Test func otherModule() throws {
    try replace("models.Normalize", by: "models.Dense", in: "modules.json")
    try failure(.unsupported, "modules.json", "Dense")
  }

  @Test func pathOutOfTheFolder() throws {
    try replace("1_Pooling", by: "../1_Pooling", in: "modules.json")
    try failure(.corrupt, "modules.json", "../1_Pooling")
  }

  @Test func otherWeights() throws {
    try folder.rename("model.safetensors", to: "pytorch_model.bin")
    try failure(.unsupported, "model.safetensors", "pytorch_model.bin")
  }

  @Test func wrongNumbers() throws {
    try replace("\"hidden_size\":24", by: "\"hidden_size\":\"24\"", in: "config.json")
    try failure(.corrupt, "config.json", "hidden_size")
  }

  @Test func headsThatDoNotDivide() throws {
    try replace("\"num_attention_heads\":2", by: "\"num_attention_heads\":5", in: "config.json")
    try failure(.corrupt, "config.json", "24", "5")
  }

  @Test func noJSON() throws {
    try folder.write("{\"hidden_size\":", as: "config.json")
    try failure(.corrupt, "config.json")
  }

  @Test func missingTensor() throws {
    try replace("\"num_hidden_layers\":2", by: "\"num_hidden_layers\":3", in: "config.json")
    try failure(.corrupt, "model.safetensors", "encoder.layer.2.attention.self.query.weight", "[24, 24]")
  }

  @Test func wrongShape() throws {
    try replace("\"intermediate_size\":40", by: "\"intermediate_size\":41", in: "config.json")
    try failure(.corrupt, "encoder.layer.0.intermediate.dense.weight", "[40, 24]", "[41, 24]")
  }

  @Test func theContextNamesFileAndTensor() throws {
    try replace("\"intermediate_size\":40", by: "\"intermediate_size\":41", in: "config.json")
    let error = #expect(throws: VectorStoreError.self) { try LocalEmbedder(folder: folder.path) }
    #expect(error?.context["file"] == "model.safetensors")
    #expect(error?.context["tensor"] == "encoder.layer.0.intermediate.dense.weight")
  }

  @Test func vocabularyLargerThanTheTable() throws {
    try folder.write(TinyTokenizer.json(TinyBert.vocabulary + ["more"]), as: "tokenizer.json")
    try failure(.corrupt, "config.json", String(TinyBert.vocabulary.count))
  }

  @Test(arguments: [0, 3, 7, 8, 100])
  func shortWeights(_ count: Int) throws {
    try folder.write(Array(try folder.read("model.safetensors").prefix(count)), as: "model.safetensors")
    try failure(.corrupt, "model.safetensors")
  }

  @Test(arguments: [UInt64.max, UInt64(Int64.max), 1 << 40, 0])
  func impossibleHeaderLength(_ length: UInt64) throws {
    let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) }
    try folder.write(bytes + (try folder.read("model.safetensors").dropFirst(8)), as: "model.safetensors")
    try failure(.corrupt, "model.safetensors")
  }

  @Test(arguments: [
    "{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}",
    "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}",
    "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}",
    "{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}",
    "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}",
    "{\"dtype\":\"Q4\",\"shape\":[1],\"data_offsets\":[0,4]}",
    "{\"dtype\":\"F32\",\"shape\":[1]}", "[]",
  ])
  func impossibleTensors(_ entry: String) throws {
    let header = Array("{\"odd\":\(entry)}".utf8)
    try folder.write(
      withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + [0, 0, 0, 0],
      as: "model.safetensors")
    try failure(.corrupt, "model.safetensors", "odd")
  }

  @Test func integersAreNoWeights() throws {
    // The header alone is text: all bytes before the first tensor's.
    let image = SafetensorsImage.bytes(TinyBert().weights, as: .float16)
    let length = 8 + Int(image[0]) + Int(image[1]) << 8
    let header = String(decoding: image[8..<length], as: UTF8.self).replacing("\"F16\"", with: "\"I16\"")
    try folder.write(Array(image[..<8]) + Array(header.utf8) + Array(image[length...]), as: "model.safetensors")
    try failure(.unsupported, "model.safetensors", "I16")
  }

  @Test func damagedNumbersAreNoticed() async throws {
    var weights = TinyBert().weights
    weights.tensors["encoder.layer.0.output.dense.bias"]?.numbers[3] = .nan
    try folder.write(SafetensorsImage.bytes(weights), as: "model.safetensors")
    let embedder = try LocalEmbedder(folder: folder.path)
    let error = await #expect(throws: VectorStoreError.self) { try await embedder.embed(passages: ["a", "b"]) }
    #expect(error?.code == .embeddingFailed)
  }
}
