// SPDX-License-Identifier: Apache-2.0

import Foundation

/// BERT written down as the papers have it: slow, in double precision, one token after another.
struct ReferenceBert {
  let weights: Weights
  let prefix: String
  let layers: Int
  let heads: Int
  let activation: String
  let epsilon: Double
  let takesFirstToken: Bool
  let normalizes: Bool

  private typealias Row = [Double]

  /// The vector of a sequence of token ids, special ones included.
  func vector(_ ids: [Int32]) -> [Double] {
    var hidden = embeddings(ids)
    for number in 0..<layers { hidden = layer("encoder.layer.\(number).", hidden) }
    var vector = hidden.first ?? []
    if !takesFirstToken {
      vector = vector.indices.map { feature in hidden.reduce(0) { $0 + $1[feature] } / Double(hidden.count) }
    }
    guard normalizes else { return vector }
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / norm }
  }

  private func embeddings(_ ids: [Int32]) -> [Row] {
    let width = weights.tensors[prefix + "embeddings.token_type_embeddings.weight"]?.shape[1] ?? 0
    func table(_ name: String) -> [Float] {
      weights.tensors[prefix + "embeddings.\(name)_embeddings.weight"]?.numbers ?? []
    }
    let (words, positions, types) = (table("word"), table("position"), table("token_type"))
    return norm(
      "embeddings.LayerNorm",
      ids.enumerated().map { place, id in
        (0..<width).map { feature in
          Double(words[Int(id) * width + feature]) + Double(positions[place * width + feature]) + Double(types[feature])
        }
      })
  }

  private func layer(_ name: String, _ input: [Row]) -> [Row] {
    let context = attention(name, input)
    let attended = norm(
      name + "attention.output.LayerNorm", sum(input, linear(name + "attention.output.dense", context)))
    let inner = linear(name + "intermediate.dense", attended).map { $0.map(activate) }
    return norm(name + "output.LayerNorm", sum(attended, linear(name + "output.dense", inner)))
  }

  private func attention(_ name: String, _ input: [Row]) -> [Row] {
    let query = linear(name + "attention.self.query", input)
    let key = linear(name + "attention.self.key", input)
    let value = linear(name + "attention.self.value", input)
    let width = (input.first?.count ?? 0) / heads
    var result = input
    for head in 0..<heads {
      let features = (head * width)..<((head + 1) * width)
      for token in input.indices {
        let scores = input.indices.map { other in
          features.reduce(0) { $0 + query[token][$1] * key[other][$1] } / Double(width).squareRoot()
        }
        let largest = scores.max() ?? 0
        let shares = scores.map { exp($0 - largest) }
        let total = shares.reduce(0, +)
        for feature in features {
          result[token][feature] = zip(shares, value).reduce(0) { $0 + $1.0 / total * $1.1[feature] }
        }
      }
    }
    return result
  }

  private func linear(_ name: String, _ input: [Row]) -> [Row] {
    let matrix = weights.numbers(prefix + name + ".weight")
    let bias = weights.numbers(prefix + name + ".bias")
    return input.map { row in
      bias.indices.map { output in
        var sum = bias[output]
        for feature in row.indices { sum += row[feature] * matrix[output * row.count + feature] }
        return sum
      }
    }
  }

  private func norm(_ name: String, _ input: [Row]) -> [Row] {
    let scale = weights.numbers(prefix + name + ".weight")
    let shift = weights.numbers(prefix + name + ".bias")
    return input.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
      return row.indices.map { (row[$0] - mean) / (variance + epsilon).squareRoot() * scale[$0] + shift[$0] }
    }
  }

  private func sum(_ a: [Row], _ b: [Row]) -> [Row] { zip(a, b).map { zip($0, $1).map { $0 + $1 } } }

  private func activate(_ x: Double) -> Double {
    switch activation {
    case "gelu": x * 0.5 * (1 + erf(x / 2.0.squareRoot()))
    case "gelu_new", "gelu_pytorch_tanh":
      0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case "relu": max(0, x)
    default: tanh(x)
    }
  }
}
