// SPDX-License-Identifier: Apache-2.0

package import HNSW

/// Distances in Float64, in the conventions of pgvector's operators: what recall is judged by, so that the rounding of
/// no engine decides.
package enum ReferenceDistance {
  /// The distance of two vectors of one length; NaN where there is none, as for a zero vector under cosine or a metric
  /// of bit vectors.
  ///
  /// - Complexity: O(dimension)
  /// - Precondition: The vectors have one length.
  package static func distance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>, metric: Metric) -> Double {
    precondition(a.count == b.count, "vectors of one length have a distance")
    switch metric {
    case .cosine:
      let length = (dot(a, a) * dot(b, b)).squareRoot()
      return length > 0 ? 1 - dot(a, b) / length : .nan
    case .innerProduct: return -dot(a, b)
    case .l2: return sum(a, b) { ($0 - $1) * ($0 - $1) }.squareRoot()
    case .l1: return sum(a, b) { abs($0 - $1) }
    case .hamming, .jaccard: return .nan
    }
  }

  private static func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    sum(a, b) { $0 * $1 }
  }

  private static func sum(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>, term: (Double, Double) -> Double) -> Double {
    var total = 0.0
    for (x, y) in zip(a, b) {
      total += term(Double(x), Double(y))
    }
    return total
  }
}
