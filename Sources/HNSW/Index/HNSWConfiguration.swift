// SPDX-License-Identifier: Apache-2.0

/// What an index is: fixed when it is made, kept in its file.
public struct HNSWConfiguration: Sendable, Hashable {
  /// What the graph is walked on.
  public enum Storage: String, Sendable, Hashable, CaseIterable, Codable {
    /// The Float32 rows themselves.
    case float32
    /// One byte for each dimension; the Float32 rows rank the results.
    case int8
    /// Packed bits, for ``Metric/hamming`` and ``Metric/jaccard``.
    case bit
  }

  /// Dimensions of the vectors, 1…16,000; bits for bit storage, 1…64,000.
  public let dimension: Int
  public let metric: Metric
  public let storage: Storage
  /// Links of a slot on the upper levels; level 0 has twice as many. 2…128, pgvector's default 16.
  public let m: Int
  /// The size of the beam that finds a new vector's neighbours. 4…4096, pgvector's default 64.
  public let efConstruction: Int
  /// Decides the levels. One seed gives one graph, with one thread, on every run.
  public let seed: UInt64

  public init(
    dimension: Int, metric: Metric = .cosine, storage: Storage? = nil, m: Int = 16, efConstruction: Int = 64,
    seed: UInt64 = 42
  ) {
    self.dimension = dimension
    self.metric = metric
    self.storage = storage ?? (metric.isBinary ? .bit : .int8)
    self.m = m
    self.efConstruction = efConstruction
    self.seed = seed
  }

  func validate() throws(VectorIndexError) {
    try VectorRules.checkDimension(dimension, metric: metric)
    guard metric.isBinary == (storage == .bit) else {
      throw VectorIndexError(
        .metricMismatch,
        metric.isBinary
          ? "metric \(metric.rawValue) compares bits and needs storage bit, not \(storage.rawValue)"
          : "storage bit holds bits for hamming and jaccard; metric \(metric.rawValue) needs float32 or int8")
    }
    guard (2...128).contains(m) else {
      throw VectorIndexError(.invalidArgument, "m must be 2 to 128, not \(m)")
    }
    guard (4...4096).contains(efConstruction) else {
      throw VectorIndexError(.invalidArgument, "efConstruction must be 4 to 4096, not \(efConstruction)")
    }
  }
}
