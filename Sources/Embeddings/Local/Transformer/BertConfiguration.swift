// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The shape of a BERT model, from its `config.json`.
struct BertConfiguration {
  let vocabularySize: Int
  /// Features of a token.
  let width: Int
  let layers: Int
  let heads: Int
  /// Features between the two products of the feed-forward part.
  let innerWidth: Int
  /// Positions that there are embeddings of.
  let positions: Int
  let tokenTypes: Int
  let activation: Activation
  /// What is added to a variance before its root is taken.
  let epsilon: Float

  /// - Throws: ``VectorStoreError/Code/unsupported`` for another architecture, by its name,
  ///   ``VectorStoreError/Code/corrupt`` for numbers that make no model.
  init(_ file: ConfigurationFile) throws {
    let kind = try file.stringIfPresent("model_type") ?? Self.kindByArchitecture(file)
    guard kind == "bert" else {
      throw ModelError.unsupported(
        file.name, "the model is of type \"\(kind)\"; implemented are \"bert\" and static models")
    }
    if let positions = try file.stringIfPresent("position_embedding_type"), positions != "absolute" {
      throw ModelError.unsupported(
        file.name, "position_embedding_type is \"\(positions)\"; only \"absolute\" is implemented")
    }
    guard try file.boolIfPresent("is_decoder") != true else {
      throw ModelError.unsupported(file.name, "the model is a decoder; only encoders are implemented")
    }
    let limit = 1 << 20
    vocabularySize = try file.integer("vocab_size", in: 1...(1 << 28))
    width = try file.integer("hidden_size", in: 1...limit)
    layers = try file.integer("num_hidden_layers", in: 1...10_000)
    heads = try file.integer("num_attention_heads", in: 1...limit)
    innerWidth = try file.integer("intermediate_size", in: 1...limit)
    positions = try file.integer("max_position_embeddings", in: 1...limit)
    tokenTypes = try file.integerIfPresent("type_vocab_size", in: 1...limit) ?? 2
    guard width % heads == 0 else {
      throw ModelError.corrupt(file.name, "hidden_size \(width) is no multiple of num_attention_heads \(heads)")
    }
    let name = try file.stringIfPresent("hidden_act") ?? "gelu"
    guard let activation = Activation(name: name) else {
      throw ModelError.unsupported(
        file.name, "hidden_act is \"\(name)\"; implemented are gelu, gelu_new, gelu_pytorch_tanh, relu and tanh")
    }
    self.activation = activation
    let epsilon = try file.numberIfPresent("layer_norm_eps") ?? 1e-12
    guard epsilon >= 0, epsilon < 1 else {
      throw ModelError.corrupt(file.name, "layer_norm_eps is \(epsilon); expected a number from 0 to 1")
    }
    self.epsilon = Float(epsilon)
  }

  /// The type of old configurations that do not say it.
  private static func kindByArchitecture(_ file: ConfigurationFile) throws -> String {
    let architecture = try file.arrayIfPresent("architectures")?.first?.stringValue ?? "unknown"
    return architecture.hasPrefix("Bert") ? "bert" : architecture
  }
}
