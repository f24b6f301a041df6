// SPDX-License-Identifier: Apache-2.0

package import HNSW

extension Matrix<Float> {
  /// The exact index of the rows, each labelled with its number.
  ///
  /// - Throws: `VectorIndexError` where a row is no vector, as one with a NaN.
  package func exactIndex(metric: Metric) throws -> ExactIndex<[Float]> {
    var index = try ExactIndex<[Float]>(dimension: dimension, metric: metric)
    try index.add(labels: (0..<count).map(UInt64.init), vectors: values)
    return index
  }
}
