// SPDX-License-Identifier: Apache-2.0

/// How the vectors of a text's tokens become one.
enum Pooling: Sendable {
  /// The mean over all tokens, special ones included.
  case mean
  /// The first token's vector, that of `[CLS]`.
  case firstToken

  /// Writes the pooled vector of the sequence in the columns `tokens`: `width` numbers.
  func pool(_ source: PanelColumns, width: Int, tokens: Range<Int>, into vector: UnsafeMutablePointer<Float>) {
    vector.update(repeating: 0, count: width)
    switch self {
    case .firstToken:
      if !tokens.isEmpty { add(source, width, tokens.prefix(1), vector) }
    case .mean:
      add(source, width, tokens, vector)
      let factor = 1 / Float(max(tokens.count, 1))
      for feature in 0..<width { vector[feature] *= factor }
    }
  }

  private func add(_ source: PanelColumns, _ width: Int, _ tokens: Range<Int>, _ vector: UnsafeMutablePointer<Float>) {
    for column in tokens {
      var line = source.base + (column / Block.columns * source.panelStride + column % Block.columns)
      for feature in 0..<width {
        vector[feature] += line.pointee
        line += Block.columns
      }
    }
  }
}
