// SPDX-License-Identifier: Apache-2.0

/// Linear layers over panels of tokens: output = weights · input + bias.
enum MatrixProduct {
  /// Inputs taken at a time: a block's weights (18 KB) then stay in the first-level cache while they meet every panel.
  private static let depth = 384

  /// Computes a layer.
  ///
  /// - Parameters:
  ///   - input: `panels` panels of `weights.inputs` rows, `inputStride` numbers from one panel to the next.
  ///   - output: `panels` panels of `weights.paddedOutputs` rows, one after another.
  ///   - activation: applied to the output, block by block, while it is in the first-level cache.
  static func run(
    _ weights: PackedMatrix, input: UnsafePointer<Float>, inputStride: Int, output: UnsafeMutablePointer<Float>,
    panels: Int, activation: Activation? = nil
  ) {
    let shape = KernelShape.fastest
    let outputStride = weights.paddedOutputs * Block.columns
    var first = 0
    repeat {
      let depth = min(depth, weights.inputs - first)
      let isLast = first + depth == weights.inputs
      var row = 0
      while row < weights.paddedOutputs {
        let block = weights.weights + (row * weights.inputs + first * Block.rows)
        // The next block comes from memory, since all weights are more than caches hold: it is asked for a share at a time.
        let next = block + Block.rows * weights.inputs
        let share = row + Block.rows < weights.paddedOutputs ? (depth * Block.rows + panels - 1) / panels : 0
        for panel in 0..<panels {
          prefetch(next + panel * share, count: share)
          let target = output + (panel * outputStride + row * Block.columns)
          shape.multiply(
            a: block, aStride: Block.rows, b: input + (panel * inputStride + first * Block.columns), depth: depth,
            c: target, start: first == 0 ? weights.bias + row : nil)
          if isLast, let activation { activation.apply(target, count: Block.rows * Block.columns) }
        }
        row += Block.rows
      }
      first += depth
    } while first < weights.inputs
  }
}
