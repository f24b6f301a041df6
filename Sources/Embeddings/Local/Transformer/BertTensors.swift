// SPDX-License-Identifier: Apache-2.0

/// The tensors of a BERT model in its weights file, looked up by name and checked against the configuration's shapes.
struct BertTensors {
  /// One layer's.
  struct Layer {
    let query: (weights: Tensor, bias: Tensor)
    let key: (weights: Tensor, bias: Tensor)
    let value: (weights: Tensor, bias: Tensor)
    let attentionOutput: (weights: Tensor, bias: Tensor)
    let attentionNorm: (scale: Tensor, shift: Tensor)
    let expansion: (weights: Tensor, bias: Tensor)
    let reduction: (weights: Tensor, bias: Tensor)
    let outputNorm: (scale: Tensor, shift: Tensor)
  }

  let words: Tensor
  let positions: Tensor
  let types: Tensor
  let embeddingNorm: (scale: Tensor, shift: Tensor)
  let layers: [Layer]

  /// - Throws: ``VectorStoreError/Code/corrupt`` for a tensor that is missing or of another shape,
  ///   ``VectorStoreError/Code/unsupported`` for one of other numbers.
  init(_ file: SafetensorsFile, _ configuration: BertConfiguration) throws {
    // Models saved with a head on top have the encoder's tensors under a name of its own.
    let start = file.has("bert.embeddings.word_embeddings.weight") ? "bert." : ""
    let width = configuration.width
    func norm(_ name: String) throws -> (scale: Tensor, shift: Tensor) {
      // Weights that came from TensorFlow have other names.
      let old = file.has(name + ".gamma")
      return (
        try file.tensor(name + (old ? ".gamma" : ".weight"), shape: [width]),
        try file.tensor(name + (old ? ".beta" : ".bias"), shape: [width])
      )
    }
    func linear(_ name: String, inputs: Int, outputs: Int) throws -> (weights: Tensor, bias: Tensor) {
      (
        try file.tensor(name + ".weight", shape: [outputs, inputs]),
        try file.tensor(name + ".bias", shape: [outputs])
      )
    }
    let embeddings = start + "embeddings."
    words = try file.tensor(embeddings + "word_embeddings.weight", shape: [configuration.vocabularySize, width])
    positions = try file.tensor(embeddings + "position_embeddings.weight", shape: [configuration.positions, width])
    types = try file.tensor(embeddings + "token_type_embeddings.weight", shape: [configuration.tokenTypes, width])
    embeddingNorm = try norm(embeddings + "LayerNorm")
    var layers: [Layer] = []
    for number in 0..<configuration.layers {
      let layer = "\(start)encoder.layer.\(number)."
      layers.append(
        Layer(
          query: try linear(layer + "attention.self.query", inputs: width, outputs: width),
          key: try linear(layer + "attention.self.key", inputs: width, outputs: width),
          value: try linear(layer + "attention.self.value", inputs: width, outputs: width),
          attentionOutput: try linear(layer + "attention.output.dense", inputs: width, outputs: width),
          attentionNorm: try norm(layer + "attention.output.LayerNorm"),
          expansion: try linear(layer + "intermediate.dense", inputs: width, outputs: configuration.innerWidth),
          reduction: try linear(layer + "output.dense", inputs: configuration.innerWidth, outputs: width),
          outputNorm: try norm(layer + "output.LayerNorm")))
    }
    self.layers = layers
  }
}
