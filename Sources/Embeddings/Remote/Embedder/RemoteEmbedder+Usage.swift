// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// What an embedder has used so far.
  public struct Usage: Sendable, Hashable {
    /// Tokens of the texts, as the provider counted them; those that do not count add nothing.
    public var promptTokens = 0
    /// Tokens that are paid for, as the provider counted them.
    public var totalTokens = 0
    /// Requests that were sent, retries included.
    public var requests = 0
    /// Requests that were sent again.
    public var retries = 0

    /// Nothing so far.
    public init() {}
  }
}
