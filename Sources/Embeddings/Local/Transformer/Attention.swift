// SPDX-License-Identifier: Apache-2.0

/// Multi-head self-attention (Vaswani et al.: [Attention Is All You Need](https://arxiv.org/abs/1706.03762)), for one
/// sequence of a batch at a time, so that no token ever looks at padding or at another text.
struct Attention {
  let heads: Int
  /// Features of a head.
  let width: Int

  /// Numbers of scratch memory for sequences of at most `tokens` tokens.
  static func scratch(width: Int, tokens: Int) -> Int {
    let keyStride = Self.keyStride(tokens)
    let valueStride = Block.paddedRows(width)
    return width * Block.columns + width * keyStride + tokens * valueStride
      + Block.paddedRows(tokens) * Block.columns + valueStride * Block.columns + Block.columns + Block.rows
  }

  /// Numbers from one feature of the keys to the next: blocks of rows may reach beyond the last key.
  private static func keyStride(_ tokens: Int) -> Int { Block.paddedRows(tokens) }

  /// Writes what the tokens of one sequence attend to.
  ///
  /// - Parameters:
  ///   - projected: panels of `stride` numbers, whose rows are the queries of all heads, then keys, then values.
  ///   - context: panels of `contextStride` numbers, `heads` × `width` rows.
  ///   - tokens: the columns of the sequence, counted over all panels.
  ///   - scratch: as many numbers as ``scratch(width:tokens:)`` says.
  func run(
    _ projected: UnsafePointer<Float>, stride: Int, context: UnsafeMutablePointer<Float>, contextStride: Int,
    tokens: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    let shape = KernelShape.fastest
    let count = tokens.count
    let keyStride = Self.keyStride(count)
    let valueStride = Block.paddedRows(width)
    let query = scratch
    let key = query + width * Block.columns
    let value = key + width * keyStride
    let scores = value + count * valueStride
    let result = scores + Block.paddedRows(count) * Block.columns
    let reciprocals = result + valueStride * Block.columns
    let zeros = reciprocals + Block.columns
    zeros.update(repeating: 0, count: Block.rows)
    value.update(repeating: 0, count: count * valueStride)
    let source = PanelColumns(base: projected, panelStride: stride)
    let scale = 1 / Float(width).squareRoot()

    for head in 0..<heads {
      let row = head * width
      for feature in 0..<width {
        source.copy(
          row: (heads + head) * width + feature, columns: tokens, to: key + feature * keyStride, padding: keyStride)
      }
      source.transpose(rows: (2 * heads + head) * width, count: width, columns: tokens, to: value, stride: valueStride)
      var first = tokens.lowerBound
      while first < tokens.upperBound {
        let columns = first..<min(first + Block.columns, tokens.upperBound)
        for feature in 0..<width {
          source.copy(row: row + feature, columns: columns, to: query + feature * Block.columns, padding: Block.columns)
        }
        scale32(query, count: width * Block.columns, by: scale)
        // scores[key][query] = Σ key[feature][key] · query[feature][query]
        var block = 0
        while block < count {
          shape.multiply(
            a: key + block, aStride: keyStride, b: query, depth: width, c: scores + block * Block.columns, start: zeros)
          block += Block.rows
        }
        Softmax.apply(scores, keys: count, reciprocals: reciprocals)
        // result[feature][query] = Σ value[key][feature] · weight[key][query]
        block = 0
        while block < width {
          shape.multiply(
            a: value + block, aStride: valueStride, b: scores, depth: count, c: result + block * Block.columns,
            start: zeros)
          block += Block.rows
        }
        let low = Wide.load(reciprocals)
        let high = Wide.load(reciprocals + 16)
        for feature in 0..<width {
          let line = result + feature * Block.columns
          (Wide.load(line) * low).store(line)
          (Wide.load(line + 16) * high).store(line + 16)
          PanelColumns.paste(
            line, row: row + feature, columns: columns, to: context, panelStride: contextStride)
        }
        first += Block.columns
      }
    }
  }

  @inline(__always)
  private func scale32(_ numbers: UnsafeMutablePointer<Float>, count: Int, by factor: Float) {
    var index = 0
    while index < count {
      (Wide.load(numbers + index) * Wide(repeating: factor)).store(numbers + index)
      index &+= 16
    }
  }
}
