// SPDX-License-Identifier: Apache-2.0

/// A model that is a table: the vector of a text is the mean of its tokens' rows.
///
/// Of two kinds: [Model2Vec](https://github.com/MinishLab/model2vec) and `StaticEmbedding` of sentence-transformers.
struct StaticModel: SentenceModel {
  let window: Int
  private let table: Tensor
  /// A factor for each token, in some Model2Vec models.
  private let weights: [Float]?
  /// The row of each token, in Model2Vec models whose tokens share rows.
  private let mapping: [Int32]?

  var dimension: Int { table.columns }

  init(table: Tensor, weights: [Float]?, mapping: [Int32]?, window: Int) {
    self.table = table
    self.weights = weights
    self.mapping = mapping
    self.window = window
  }

  func encode(_ batch: TokenBatch, scratch: Scratch, into rows: UnsafeMutablePointer<Float>) {
    let line = scratch.numbers(dimension)
    for (index, sequence) in batch.sequences.enumerated() {
      let vector = rows + index * dimension
      vector.update(repeating: 0, count: dimension)
      for place in sequence {
        let id = Int(batch.ids[place])
        let row = mapping.map { Int($0[id]) } ?? id
        if let weights {
          table.copyRow(row, to: line)
          for feature in 0..<dimension { vector[feature] += line[feature] * weights[id] }
        } else {
          table.addRow(row, to: vector)
        }
      }
      let factor = 1 / Float(max(sequence.count, 1))
      for feature in 0..<dimension { vector[feature] *= factor }
    }
  }
}
