// SPDX-License-Identifier: Apache-2.0

/// A BERT encoder (Devlin et al.: [BERT](https://arxiv.org/abs/1810.04805)) with pooling: texts of token ids to vectors.
///
/// The layers' weights are packed in memory of their own; the word embeddings, of which a text needs a few rows, stay in
/// the mapped file.
struct BertModel: SentenceModel {
  let dimension: Int
  let window: Int
  let pooling: Pooling
  private let configuration: BertConfiguration
  private let words: Tensor
  private let positions: Tensor
  private let types: Tensor
  private let embeddingNorm: LayerNorm
  private let layers: [BertLayer]

  /// - Parameter window: tokens of the longest sequence; at most the configuration's positions.
  init(_ configuration: BertConfiguration, _ tensors: BertTensors, pooling: Pooling, window: Int) {
    self.configuration = configuration
    self.pooling = pooling
    dimension = configuration.width
    self.window = min(window, configuration.positions)
    words = tensors.words
    positions = tensors.positions
    types = tensors.types
    func norm(_ tensors: (scale: Tensor, shift: Tensor)) -> LayerNorm {
      LayerNorm(scale: tensors.scale.numbers, shift: tensors.shift.numbers, epsilon: configuration.epsilon)
    }
    embeddingNorm = norm(tensors.embeddingNorm)
    let (width, inner) = (configuration.width, configuration.innerWidth)
    let sizes = [(width, 3 * width), (width, width), (width, inner), (inner, width)]
    let layerSize = sizes.reduce(0) { $0 + PackedMatrix.size(inputs: $1.0, outputs: $1.1) }
    let memory = FloatBuffer(count: layerSize * tensors.layers.count)
    var offset = 0
    func packed(_ parts: [(weights: Tensor, bias: Tensor)]) -> PackedMatrix {
      let matrix = PackedMatrix(parts, memory: memory, offset: offset)
      offset += PackedMatrix.size(inputs: matrix.inputs, outputs: matrix.outputs)
      return matrix
    }
    layers = tensors.layers.map { layer in
      BertLayer(
        projection: packed([layer.query, layer.key, layer.value]), attentionOutput: packed([layer.attentionOutput]),
        attentionNorm: norm(layer.attentionNorm), expansion: packed([layer.expansion]),
        reduction: packed([layer.reduction]), outputNorm: norm(layer.outputNorm))
    }
  }

  func encode(_ batch: TokenBatch, scratch: Scratch, into rows: UnsafeMutablePointer<Float>) {
    let panels = max(Block.panels(batch.tokenCount), 1)
    let width = Block.paddedRows(configuration.width) * Block.columns
    let inner =
      max(Block.paddedRows(3 * configuration.width), Block.paddedRows(configuration.innerWidth)) * Block.columns
    let attention = Attention(heads: configuration.heads, width: configuration.width / configuration.heads)
    let own = Attention.scratch(width: attention.width, tokens: batch.longest)
    let base = scratch.numbers((3 * width + inner) * panels + own)
    let hidden = base
    let context = hidden + width * panels
    let sum = context + width * panels
    let wide = sum + width * panels
    let attentionScratch = wide + inner * panels

    embed(batch, into: hidden, stride: width, panels: panels, line: wide)
    for layer in layers {
      let projected = layer.projection.paddedOutputs * Block.columns
      MatrixProduct.run(layer.projection, input: hidden, inputStride: width, output: wide, panels: panels)
      for tokens in batch.sequences {
        attention.run(
          wide, stride: projected, context: context, contextStride: width, tokens: tokens, scratch: attentionScratch)
      }
      MatrixProduct.run(layer.attentionOutput, input: context, inputStride: width, output: sum, panels: panels)
      for panel in 0..<panels { layer.attentionNorm.apply(hidden + panel * width, adding: sum + panel * width) }
      MatrixProduct.run(
        layer.expansion, input: hidden, inputStride: width, output: wide, panels: panels,
        activation: configuration.activation)
      MatrixProduct.run(
        layer.reduction, input: wide, inputStride: layer.expansion.paddedOutputs * Block.columns, output: sum,
        panels: panels)
      for panel in 0..<panels { layer.outputNorm.apply(hidden + panel * width, adding: sum + panel * width) }
    }
    for (row, tokens) in batch.sequences.enumerated() {
      pooling.pool(
        PanelColumns(base: hidden, panelStride: width), width: dimension, tokens: tokens, into: rows + row * dimension)
    }
  }

  /// The sums of word, position and type embeddings, normalized. Columns behind the last token are zero.
  private func embed(
    _ batch: TokenBatch, into hidden: UnsafeMutablePointer<Float>, stride: Int, panels: Int,
    line: UnsafeMutablePointer<Float>
  ) {
    (hidden + (panels - 1) * stride).update(repeating: 0, count: stride)
    for tokens in batch.sequences {
      for column in tokens {
        words.copyRow(Int(batch.ids[column]), to: line)
        positions.addRow(column - tokens.lowerBound, to: line)
        types.addRow(0, to: line)
        var target = hidden + (column / Block.columns * stride + column % Block.columns)
        for feature in 0..<dimension {
          target.pointee = line[feature]
          target += Block.columns
        }
      }
    }
    for panel in 0..<panels { embeddingNorm.apply(hidden + panel * stride, adding: nil) }
  }
}
