// SPDX-License-Identifier: Apache-2.0

package import HNSW
import VectorStoreCore

/// pgvector's types of columns for vectors, with their limits (pgvector 0.8: its README, "Reference").
public enum VectorColumnType: String, Sendable, Hashable, CaseIterable {
  /// Float32, 4 bytes a number.
  case vector
  /// Float16, 2 bytes a number: values are rounded.
  case halfvec
  /// Non-zero numbers only.
  case sparsevec
  /// Bits: vectors of zeros and ones, compared by Hamming or Jaccard.
  case bit

  /// An access method of pgvector's.
  package enum IndexMethod: String, Sendable, Hashable, CaseIterable {
    case hnsw
    case ivfflat
  }

  /// The dimensions that a column can have.
  package var dimensionLimit: Int {
    switch self {
    case .vector, .halfvec: 16_000
    case .sparsevec: 1_000_000_000
    // PostgreSQL's own type.
    case .bit: 83_886_080
    }
  }

  /// The numbers other than zero that one value can have; nil where there are as many as dimensions.
  package var nonZeroLimit: Int? { self == .sparsevec ? 16_000 : nil }

  /// The dimensions that an index can have, and for sparsevec the numbers other than zero; nil where there is no such index.
  package func indexLimit(_ method: IndexMethod) -> Int? {
    switch self {
    case .vector: 2_000
    case .halfvec: 4_000
    case .sparsevec: method == .hnsw ? 1_000 : nil
    case .bit: 64_000
    }
  }

  /// The metrics that there are operators for.
  package var metrics: [Metric] { self == .bit ? [.hamming, .jaccard] : [.cosine, .l2, .innerProduct, .l1] }

  /// The operator class of an index, such as `halfvec_cosine_ops`; nil where there is none.
  package func operatorClass(_ metric: Metric, _ method: IndexMethod) -> SQLText? {
    guard metrics.contains(metric), indexLimit(method) != nil else { return nil }
    if method == .ivfflat, metric == .l1 || metric == .jaccard { return nil }
    return SQLText(stringLiteral: "\(rawValue)_\(metric.rawValue)_ops")
  }

  /// The type's name, with its dimension where there is one, such as `vector(384)`.
  package func sql(dimension: Int? = nil) -> SQLText {
    // Without a length `bit` is `bit(1)`, unless it is quoted.
    let name: SQLText = self == .bit && dimension == nil ? "\"bit\"" : SQLText(stringLiteral: rawValue)
    return dimension.map { "\(name)(\($0))" } ?? name
  }
}

extension Metric {
  /// The operator of pgvector whose ascending order is nearest first.
  package var sqlOperator: SQLText { SQLText(stringLiteral: operatorName) }

  /// The same as people write it.
  package var operatorName: String {
    switch self {
    case .cosine: "<=>"
    case .l2: "<->"
    case .innerProduct: "<#>"
    case .l1: "<+>"
    case .hamming: "<~>"
    case .jaccard: "<%>"
    }
  }
}
