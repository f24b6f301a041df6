// SPDX-License-Identifier: Apache-2.0

import VectorStoreTesting

/// Named tensors of numbers, as a model has them.
struct Weights {
  struct Array {
    var shape: [Int]
    var numbers: [Float]
  }

  var tensors: [String: Array] = [:]

  /// Numbers of about `scale`, around `center`.
  mutating func random(
    _ name: String, _ shape: [Int], _ generator: inout SeededGenerator, scale: Float = 0.3, center: Float = 0
  ) {
    let count = shape.reduce(1, *)
    let numbers = (0..<count).map { _ in center + Float.random(in: -scale...scale, using: &generator) }
    tensors[name] = Array(shape: shape, numbers: numbers)
  }

  func numbers(_ name: String) -> [Double] { tensors[name]?.numbers.map(Double.init) ?? [] }
}
