// SPDX-License-Identifier: Apache-2.0

/// The softmax of attention, down the rows of a panel of scores: a column is a query, a row a key.
enum Softmax {
  /// Makes eˢ⁻ᵐ of the scores s, m being the largest of each column, and writes each column's reciprocal sum to
  /// `reciprocals` (32 numbers), by which the weighted sum is multiplied later: it has fewer numbers than the scores.
  static func apply(_ scores: UnsafeMutablePointer<Float>, keys: Int, reciprocals: UnsafeMutablePointer<Float>) {
    applyHalf(scores, keys, reciprocals)
    applyHalf(scores + 16, keys, reciprocals + 16)
  }

  @inline(__always)
  private static func applyHalf(
    _ scores: UnsafeMutablePointer<Float>, _ keys: Int, _ reciprocals: UnsafeMutablePointer<Float>
  ) {
    var largest = Wide(repeating: -.infinity)
    var offset = 0
    for _ in 0..<keys {
      largest = Wide.larger(largest, Wide.load(scores + offset))
      offset &+= Block.columns
    }
    var sum = Wide()
    offset = 0
    for _ in 0..<keys {
      let weight = Functions.exp(Wide.load(scores + offset) - largest)
      weight.store(scores + offset)
      sum += weight
      offset &+= Block.columns
    }
    (Wide(repeating: 1) / sum).store(reciprocals)
  }
}
