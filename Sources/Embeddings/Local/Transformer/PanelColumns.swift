// SPDX-License-Identifier: Apache-2.0

/// Some columns of a row of features, which may lie in several panels.
struct PanelColumns {
  let base: UnsafePointer<Float>
  /// Numbers from one panel to the next.
  let panelStride: Int

  /// Copies columns of a row to `target`, and zeros behind them up to `padding` numbers.
  @inline(__always)
  func copy(row: Int, columns: Range<Int>, to target: UnsafeMutablePointer<Float>, padding: Int) {
    var column = columns.lowerBound
    var index = 0
    while column < columns.upperBound {
      let inside = column % Block.columns
      let count = min(Block.columns - inside, columns.upperBound - column)
      let source = base + (column / Block.columns * panelStride + row * Block.columns + inside)
      (target + index).update(from: source, count: count)
      column += count
      index += count
    }
    (target + index).update(repeating: 0, count: padding - index)
  }

  /// Copies columns of `count` rows to rows of `stride` numbers: column c becomes row c.
  @inline(__always)
  func transpose(
    rows: Int, count: Int, columns: Range<Int>, to target: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for (index, column) in columns.enumerated() {
      var source = base + (column / Block.columns * panelStride + rows * Block.columns + column % Block.columns)
      let line = target + index * stride
      for feature in 0..<count {
        line[feature] = source.pointee
        source += Block.columns
      }
    }
  }

  /// Writes the numbers of `source` to columns of a row.
  @inline(__always)
  static func paste(
    _ source: UnsafePointer<Float>, row: Int, columns: Range<Int>, to base: UnsafeMutablePointer<Float>,
    panelStride: Int
  ) {
    var column = columns.lowerBound
    var index = 0
    while column < columns.upperBound {
      let inside = column % Block.columns
      let count = min(Block.columns - inside, columns.upperBound - column)
      (base + (column / Block.columns * panelStride + row * Block.columns + inside)).update(
        from: source + index, count: count)
      column += count
      index += count
    }
  }
}
