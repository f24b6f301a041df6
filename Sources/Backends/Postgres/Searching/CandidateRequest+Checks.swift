// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

extension CandidateRequest.Nearest {
  /// Refuses a vector that has no distance from others.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument``, ``VectorStoreError/Code/zeroNormQuery``.
  func checkVector(_ metric: Metric) throws {
    guard vector.allSatisfy(\.isFinite) else {
      throw VectorStoreError(.invalidArgument, "the query's vector holds a NaN or an infinity")
    }
    if metric == .cosine, vector.allSatisfy({ $0 == 0 }) {
      throw VectorStoreError(.zeroNormQuery, "the query's vector has norm zero, and cosine has no distance from it")
    }
  }
}
