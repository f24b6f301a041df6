// SPDX-License-Identifier: Apache-2.0

/// Layer normalization over the features of each token (Ba et al.: [Layer Normalization](https://arxiv.org/abs/1607.06450)).
struct LayerNorm: Sendable {
  private let scale: [Float]
  private let shift: [Float]
  private let epsilon: Float

  /// - Parameters:
  ///   - scale, shift: a number for each feature.
  init(scale: [Float], shift: [Float], epsilon: Float) {
    self.scale = scale
    self.shift = shift
    self.epsilon = epsilon
  }

  /// Adds `addend` to a panel and normalizes the sums; all in place in `panel`.
  ///
  /// - Parameters:
  ///   - panel: as many rows as there are features.
  ///   - addend: rows of the same kind; nil adds nothing.
  func apply(_ panel: UnsafeMutablePointer<Float>, adding addend: UnsafePointer<Float>?) {
    normalizeHalf(panel, adding: addend)
    normalizeHalf(panel + 16, adding: addend.map { $0 + 16 })
  }

  /// Sixteen tokens: the sums run down the rows, a lane for each token.
  @inline(__always)
  private func normalizeHalf(_ panel: UnsafeMutablePointer<Float>, adding addend: UnsafePointer<Float>?) {
    let count = scale.count
    let reciprocal = Wide(repeating: 1 / Float(count))
    var total = Wide()
    var offset = 0
    if let addend {
      for _ in 0..<count {
        let sum = Wide.load(panel + offset) + Wide.load(addend + offset)
        sum.store(panel + offset)
        total += sum
        offset &+= Block.columns
      }
    } else {
      for _ in 0..<count {
        total += Wide.load(panel + offset)
        offset &+= Block.columns
      }
    }
    let mean = total * reciprocal
    var squares = Wide()
    offset = 0
    for _ in 0..<count {
      let difference = Wide.load(panel + offset) - mean
      squares = Wide.fused(difference, difference, squares)
      offset &+= Block.columns
    }
    let variance = squares * reciprocal + Wide(repeating: epsilon)
    let factor = Wide(repeating: 1) / variance.squareRoot()
    offset = 0
    scale.withUnsafeBufferPointer { scale in
      shift.withUnsafeBufferPointer { shift in
        for feature in 0..<count {
          let scaled = (Wide.load(panel + offset) - mean) * factor
          Wide.fused(scaled, Wide(repeating: scale[feature]), shift[feature]).store(panel + offset)
          offset &+= Block.columns
        }
      }
    }
  }
}
