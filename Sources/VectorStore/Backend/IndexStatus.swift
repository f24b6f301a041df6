// SPDX-License-Identifier: Apache-2.0

/// What a collection's vector index is at this moment.
public struct IndexStatus: Sendable, Hashable, Codable {
  /// Whether searches use the index.
  public enum State: String, Sendable, Hashable, Codable {
    /// It has all vectors.
    case ready
    /// It is being built or has to be; searches are exact meanwhile.
    case building
    /// There is none: searches are exact.
    case none
    /// It is there but not to be used; `index rebuild` makes it anew.
    case invalid
  }

  /// Whether searches use it.
  public var state: State
  /// What it is.
  public var specification: IndexSpecification
  /// Vectors in the index, where the backend knows it.
  public var count: Int?
  /// Bytes on disk.
  public var bytes: Int?
  /// More, for people: the backend's own words by name.
  public var details: [String: String]

  /// A status of these values.
  public init(
    state: State, specification: IndexSpecification, count: Int? = nil, bytes: Int? = nil,
    details: [String: String] = [:]
  ) {
    self.state = state
    self.specification = specification
    self.count = count
    self.bytes = bytes
    self.details = details
  }
}
