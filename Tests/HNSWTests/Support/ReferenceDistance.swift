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
    var (dot, normA, normB, squares, magnitudes) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in a.indices {
      let (x, y) = (Double(a[index]), Double(b[index]))
      dot += x * y
      normA += x * x
      normB += y * y
      squares += (x - y) * (x - y)
      magnitudes += (x - y).magnitude
    }
    switch metric {
    case .cosine: return normA > 0 && normB > 0 ? 1 - dot / (normA * normB).squareRoot() : nil
    case .l2: return squares.squareRoot()
    case .innerProduct: return -dot
    default: return magnitudes
    }
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
