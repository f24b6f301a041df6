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

  /// A specification of these values.
  public init(
    _ kind: Kind = .hnsw, m: Int? = nil, efConstruction: Int? = nil, lists: Int? = nil, concurrently: Bool = false
  ) {
    self.kind = kind
    self.m = m
    self.efConstruction = efConstruction
    self.lists = lists
    self.concurrently = concurrently
  }
}
