// SPDX-License-Identifier: Apache-2.0

/// A vector index: what is asked for. What is nil is the backend's choice.
public struct IndexSpecification: Sendable, Hashable, Codable {
  /// The kinds of vector indexes.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable
    /// Small World graphs" (2016).
    case hnsw
    /// Lists of vectors around centres; PostgreSQL only.
    case ivfflat
    /// None: every search compares all vectors.
    case exact
  }

  /// What an index on PostgreSQL holds of a vector. With less than the whole, hits are ranked again by the whole vectors.
  public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// The vector: up to 2,000 dimensions.
    case full
    /// Half precision: up to 4,000 dimensions, half of the memory.
    case half
    /// One bit a number, its sign: up to 64,000 dimensions, a thirty-second of the memory.
    case binary
  }

  /// The kind.
  public var kind: Kind
  /// HNSW: links of a vector; 16 unless said otherwise. pgvector takes 2…100, the embedded store up to 128.
  public var m: Int?
  /// HNSW: the size of the beam while building; 64 unless said otherwise. pgvector takes 4…1,000, the embedded store up to
  /// 4,096.
  public var efConstruction: Int?
  /// IVFFlat: the number of lists.
  public var lists: Int?
  /// Builds without locking out writers, where the backend makes a difference.
  public var concurrently: Bool
  /// What the index holds of a vector; the backend's choice if nil. The embedded store's index holds them whole.
  public var precision: Precision?

  /// A specification of these values.
  public init(
    _ kind: Kind = .hnsw, m: Int? = nil, efConstruction: Int? = nil, lists: Int? = nil, concurrently: Bool = false,
    precision: Precision? = nil
  ) {
    self.kind = kind
    self.m = m
    self.efConstruction = efConstruction
    self.lists = lists
    self.concurrently = concurrently
    self.precision = precision
  }
}
