// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Makes a model of a folder.
struct ModelLoader {
  let tokenizer: WordPieceTokenizer
  let model: any SentenceModel
  /// Whether vectors are divided by their norm.
  let normalizes: Bool
  /// Whether texts get the tokens that the tokenizer puts around them.
  let addsSpecialTokens: Bool
  /// Whether tokens that stand for unknown words are left out.
  let dropsUnknown: Bool
  /// Whether texts are lower-cased before anything else.
  let lowercasesFirst: Bool

  init(_ folder: ModelFolder, maxTokens: Int?) throws {
    let modules = try ModelModules(folder)
    let name = modules.file("config.json")
    let configuration = try folder.configurationIfPresent(name)
    let isModel2Vec = try configuration?.stringIfPresent("model_type") == "model2vec"
    // Looked at first: another tokenizer is what most other models differ in, and an error should say it.
    let isStatic = isModel2Vec || modules.kind == .staticEmbedding
    let description = try TokenizerFile.read(folder, subfolder: modules.path)
    tokenizer = WordPieceTokenizer(description: description)
    if isStatic {
      let weights = modules.file("model.safetensors")
      model = try Self.staticModel(folder, weights, description, isModel2Vec: isModel2Vec, maxTokens: maxTokens)
      normalizes = try (isModel2Vec ? configuration?.boolIfPresent("normalize") : nil) ?? modules.normalizes
      lowercasesFirst = false
    } else {
      guard let configuration else {
        throw VectorStoreError(
          .notFound, "the model has no \(name) (looked in \(folder.path))", context: [.file: name])
      }
      let shape = try BertConfiguration(configuration)
      guard tokenizer.vocabularySize <= shape.vocabularySize else {
        throw ModelError.corrupt(
          name, "vocab_size is \(shape.vocabularySize), but the tokenizer has ids up to \(tokenizer.vocabularySize - 1)"
        )
      }
      let sentence = try folder.configurationIfPresent(modules.file("sentence_bert_config.json"))
      let tensors = try BertTensors(Self.weights(folder, modules.file("model.safetensors")), shape)
      model = BertModel(
        shape, tensors, pooling: modules.pooling ?? .mean,
        window: try Self.window(folder, modules, sentence, shape, maxTokens, tokenizer))
      normalizes = modules.normalizes
      lowercasesFirst = try sentence?.boolIfPresent("do_lower_case") ?? false
    }
    addsSpecialTokens = !isStatic
    dropsUnknown = isModel2Vec
  }

  /// Tokens of the longest sequence: what was asked for, else what the model was made for.
  private static func window(
    _ folder: ModelFolder, _ modules: ModelModules, _ sentence: ConfigurationFile?, _ shape: BertConfiguration,
    _ maxTokens: Int?, _ tokenizer: WordPieceTokenizer
  ) throws -> Int {
    let special = tokenizer.prefixIDs.count + tokenizer.suffixIDs.count
    if let maxTokens {
      guard maxTokens > special, maxTokens <= shape.positions else {
        throw VectorStoreError(
          .invalidArgument,
          "maxTokens is \(maxTokens); this model takes from \(special + 1) to \(shape.positions) tokens, special ones included"
        )
      }
      return maxTokens
    }
    var window = try sentence?.integerIfPresent("max_seq_length", in: 1...(1 << 30))
    if window == nil, let settings = try folder.configurationIfPresent(modules.file("tokenizer_config.json")) {
      // "No limit" is written as a number beyond all integers.
      if let limit = settings.value("model_max_length")?.integerValue, limit > 0, limit < 1 << 30 {
        window = Int(limit)
      }
    }
    let length = min(window ?? shape.positions, shape.positions)
    guard length > special else {
      throw ModelError.corrupt(
        modules.file("sentence_bert_config.json"),
        "max_seq_length \(length) leaves no place for a text beside \(special) special tokens")
    }
    return length
  }

  private static func weights(_ folder: ModelFolder, _ name: String) throws -> SafetensorsFile {
    if !folder.has(name) {
      for other in ["model.safetensors.index.json", "pytorch_model.bin", "tf_model.h5", "model.onnx"]
      where folder.has(other) {
        throw ModelError.unsupported(name, "is not there; \(other) is, which is not implemented")
      }
    }
    return try SafetensorsFile(folder.map(name))
  }

  private static func staticModel(
    _ folder: ModelFolder, _ name: String, _ description: TokenizerDescription, isModel2Vec: Bool, maxTokens: Int?
  ) throws -> StaticModel {
    let file = try weights(folder, name)
    guard let key = ["embedding.weight", "embeddings"].first(where: file.has), let shape = file.shape(key) else {
      throw ModelError.corrupt(
        name, "there is neither a tensor \"embedding.weight\" nor \"embeddings\"; it has \(file.names.prefix(5))")
    }
    guard shape.count == 2, (1...16_384).contains(shape[1]) else {
      throw ModelError.corrupt(
        name, "tensor \"\(key)\" has the shape \(shape); expected [tokens, 1…16384]", tensor: key)
    }
    let count = description.vocabularySize
    let table = try file.tensor(key, shape: shape)
    var mapping: [Int32]?
    if isModel2Vec, file.has("mapping") {
      mapping = try file.indices("mapping", below: table.rows)
      guard (mapping?.count ?? 0) >= count else {
        throw ModelError.corrupt(name, "tensor \"mapping\" has fewer than \(count) elements", tensor: "mapping")
      }
    } else if table.rows < count {
      throw ModelError.corrupt(
        name, "tensor \"\(key)\" has \(table.rows) rows, but the tokenizer has ids up to \(count - 1)", tensor: key)
    }
    var weights: [Float]?
    if isModel2Vec, let shape = file.shape("weights") {
      guard shape.count == 1, shape[0] >= count else {
        throw ModelError.corrupt(
          name, "tensor \"weights\" has the shape \(shape); expected [\(count)] or more", tensor: "weights")
      }
      weights = try file.numbers("weights", count: shape[0])
    }
    if let maxTokens, maxTokens < 1 {
      throw VectorStoreError(.invalidArgument, "maxTokens is \(maxTokens); it must be at least 1")
    }
    // Model2Vec's own default.
    return StaticModel(
      table: table, weights: weights, mapping: mapping, window: maxTokens ?? (isModel2Vec ? 512 : .max))
  }
}
