// SPDX-License-Identifier: Apache-2.0

import HNSW

/// The metrics written down once more, in Float64, one number after another.
enum ReferenceDistance {
  /// nil where the metric has no distance.
  static func between(_ a: TestVector, _ b: TestVector, _ metric: Metric) -> Double? {
    switch (a, b) {
    case (.floats(let a), .floats(let b)):
      a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in floats(a, b, metric) } }
    case (.bits(let a), .bits(let b)): bits(a, b, metric)
    default: nil
    }
  }

  static func floats(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, _ metric: Metric) -> Double? {
    switch metric {
    case .cosine:
      let norms = (sum(a, a) { $0 * $1 } * sum(b, b) { $0 * $1 }).squareRoot()
      return norms > 0 ? 1 - sum(a, b) { $0 * $1 } / norms : nil
    case .l2: return sum(a, b) { ($0 - $1) * ($0 - $1) }.squareRoot()
    case .innerProduct: return -sum(a, b) { $0 * $1 }
    default: return sum(a, b) { ($0 - $1).magnitude }
    }
  }

  @inline(__always)
  private static func sum(
    _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, _ term: (Double, Double) -> Double
  ) -> Double {
    var sum = 0.0
    for index in a.indices { sum += term(Double(a[index]), Double(b[index])) }
    return sum
  }

  private static func bits(_ a: BitVector, _ b: BitVector, _ metric: Metric) -> Double {
    var (differing, both, either) = (0, 0, 0)
    for (x, y) in zip(a.words, b.words) {
      differing += (x ^ y).nonzeroBitCount
      both += (x & y).nonzeroBitCount
      either += (x | y).nonzeroBitCount
    }
    return metric == .hamming ? Double(differing) : both == 0 ? 1 : 1 - Double(both) / Double(either)
  }

  /// How far a Float32 result may lie from the Float64 one: what adding up in Float32 costs.
  static func tolerance(_ a: TestVector, _ b: TestVector, _ metric: Metric) -> Double {
    let zero = TestVector.floats([Float](repeating: 0, count: a.floats.count))
    let scale: Double =
      switch metric {
      case .cosine: 2
      case .hamming: 0
      case .jaccard: 1
      case .innerProduct: (between(a, zero, .l2) ?? 0) * (between(b, zero, .l2) ?? 0)
      case .l2, .l1: between(a, b, metric) ?? 0
      }
    return 4e-6 * scale + 1e-30
  }
}
