// SPDX-License-Identifier: Apache-2.0

/// How a search is done.
public struct SearchOptions: Sendable {
  /// The size of the beam: larger finds more of the true neighbours and takes longer. At least k is used. pgvector's
  /// default.
  public var efSearch: Int
  /// The vectors that may be returned; nil for all.
  public var allow: AllowList?
  /// Results farther than this, in the metric's own value, are left out; the limit itself is in.
  public var distanceLimit: Float?
  /// Compute every distance in full instead of walking the graph.
  public var exact: Bool

  public init(efSearch: Int = 40, allow: AllowList? = nil, distanceLimit: Float? = nil, exact: Bool = false) {
    self.efSearch = efSearch
    self.allow = allow
    self.distanceLimit = distanceLimit
    self.exact = exact
  }
}
