// SPDX-License-Identifier: Apache-2.0

import VectorStoreTesting

/// A small BERT model with random weights, which a test writes into a folder.
struct TinyBert {
  var width = 24
  var layers = 2
  var heads = 2
  var inner = 40
  var positions = 80
  var types = 2
  var activation = "gelu"
  var epsilon = 1e-12
  /// What is before the tensors' names.
  var prefix = ""
  var kind = SafetensorsImage.Kind.float32
  var pooling = "pooling_mode_mean_tokens"
  var normalizes = true
  var maxTokens = 64
  var prompts: String?

  static let vocabulary: [String] = {
    let letters = (97...122).map { String(UnicodeScalar(UInt8($0))) }
    let continuations = letters.map { "##" + $0 }
    let specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return specials + letters + continuations + ["the", "vector", "store", ".", ",", "中", "文"]
  }()

  var weights: Weights {
    var generator = SeededGenerator(7)
    var weights = Weights()
    func norm(_ name: String) {
      weights.random(prefix + name + ".weight", [width], &generator, scale: 0.3, center: 1)
      weights.random(prefix + name + ".bias", [width], &generator)
    }
    func linear(_ name: String, _ inputs: Int, _ outputs: Int) {
      weights.random(prefix + name + ".weight", [outputs, inputs], &generator)
      weights.random(prefix + name + ".bias", [outputs], &generator)
    }
    weights.random(prefix + "embeddings.word_embeddings.weight", [Self.vocabulary.count, width], &generator, scale: 1)
    weights.random(prefix + "embeddings.position_embeddings.weight", [positions, width], &generator)
    weights.random(prefix + "embeddings.token_type_embeddings.weight", [types, width], &generator)
    norm("embeddings.LayerNorm")
    for number in 0..<layers {
      let layer = "encoder.layer.\(number)."
      for part in ["query", "key", "value"] { linear(layer + "attention.self." + part, width, width) }
      linear(layer + "attention.output.dense", width, width)
      norm(layer + "attention.output.LayerNorm")
      linear(layer + "intermediate.dense", width, inner)
      linear(layer + "output.dense", inner, width)
      norm(layer + "output.LayerNorm")
    }
    return weights
  }

  /// Writes all files of the model.
  func write(to folder: TemporaryFolder) throws {
    try folder.write(SafetensorsImage.bytes(weights, as: kind), as: "model.safetensors")
    try folder.write(
      """
      {"model_type":"bert","architectures":["BertModel"],"hidden_size":\(width),"num_hidden_layers":\(layers),
       "num_attention_heads":\(heads),"intermediate_size":\(inner),"hidden_act":"\(activation)",
       "max_position_embeddings":\(positions),"type_vocab_size":\(types),"vocab_size":\(Self.vocabulary.count),
       "layer_norm_eps":\(epsilon),"position_embedding_type":"absolute"}
      """, as: "config.json")
    try folder.write(TinyTokenizer.json(Self.vocabulary), as: "tokenizer.json")
    try folder.write("{\"max_seq_length\":\(maxTokens),\"do_lower_case\":false}", as: "sentence_bert_config.json")
    try folder.write("{\"\(pooling)\":true}", as: "1_Pooling/config.json")
    let normalize =
      normalizes ? ",{\"idx\":2,\"path\":\"2_Normalize\",\"type\":\"sentence_transformers.models.Normalize\"}" : ""
    try folder.write(
      """
      [{"idx":0,"path":"","type":"sentence_transformers.models.Transformer"},
       {"idx":1,"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}\(normalize)]
      """, as: "modules.json")
    if let prompts { try folder.write(prompts, as: "config_sentence_transformers.json") }
  }

  /// The model in a folder of its own.
  func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try write(to: folder)
    return folder
  }

  /// What the model should answer.
  var reference: ReferenceBert {
    ReferenceBert(
      weights: SafetensorsImage.rounded(weights, as: kind), prefix: prefix, layers: layers, heads: heads,
      activation: activation, epsilon: epsilon, takesFirstToken: pooling == "pooling_mode_cls_token",
      normalizes: normalizes)
  }
}
