// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// When a request is sent again: after 408, 409, 429 and 500 to 599, and where the connection failed or took too long.
  ///
  /// `x-should-retry: true` or `false` of an answer decides instead. The wait is what `retry-after-ms` or `retry-after`
  /// says, else `firstDelay` · 2ⁿ up to `longestDelay`, less a random quarter of it at most.
  public struct Retry: Sendable, Hashable {
    /// How often a request is sent again at most; where no connection can be made, twice at most.
    public var count: Int
    /// The first wait.
    public var firstDelay: Duration
    /// The longest wait, where the service says nothing.
    public var longestDelay: Duration
    /// The longest wait that a service may ask for. Where it asks for more, the call fails and says so.
    public var longestRequestedDelay: Duration

    /// Retries with these limits.
    public init(
      count: Int = 4, firstDelay: Duration = .milliseconds(500), longestDelay: Duration = .seconds(8),
      longestRequestedDelay: Duration = .seconds(120)
    ) {
      self.count = count
      self.firstDelay = firstDelay
      self.longestDelay = longestDelay
      self.longestRequestedDelay = longestRequestedDelay
    }
  }
}
