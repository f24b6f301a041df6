// SPDX-License-Identifier: Apache-2.0

/// The weights and the bias of a linear layer, in the order in which products read them.
///
/// Twelve outputs at a time: for each input the twelve weights lie together. The last twelve are filled up with zeros.
struct PackedMatrix: Sendable {
  /// Numbers in a row of the input.
  let inputs: Int
  /// Numbers in a row of the output.
  let outputs: Int
  /// Keeps the numbers.
  private let memory: FloatBuffer
  private let offset: Int

  /// Outputs with the filling.
  var paddedOutputs: Int { Block.paddedRows(outputs) }
  /// Numbers that a matrix of this size takes, bias included, as a multiple of a cache line.
  static func size(inputs: Int, outputs: Int) -> Int {
    let rows = Block.paddedRows(outputs)
    return (rows * inputs + rows + 15) / 16 * 16
  }

  /// The weights: blocks of `inputs` times 12 numbers.
  var weights: UnsafePointer<Float> { UnsafePointer(memory.base + offset) }
  /// The bias, ``paddedOutputs`` numbers.
  var bias: UnsafePointer<Float> { weights + paddedOutputs * inputs }

  /// Packs the rows of `parts`, one part after another, into `memory` from `offset` on, and lets go of the parts' pages.
  ///
  /// - Parameter parts: weights [outputs, inputs] and biases [outputs].
  init(_ parts: [(weights: Tensor, bias: Tensor)], memory: FloatBuffer, offset: Int) {
    inputs = parts.first?.weights.columns ?? 0
    outputs = parts.reduce(0) { $0 + $1.weights.rows }
    self.memory = memory
    self.offset = offset
    let target = memory.base + offset
    let bias = target + Block.paddedRows(outputs) * inputs
    var first = 0
    for part in parts {
      for row in 0..<part.weights.rows {
        let output = first + row
        let block = target + output / Block.rows * Block.rows * inputs
        part.weights.copyRow(row, to: block + output % Block.rows, stride: Block.rows)
      }
      part.bias.copyRow(0, to: bias + first)
      first += part.weights.rows
      part.weights.release()
    }
    withExtendedLifetime(parts) {}
  }
}
