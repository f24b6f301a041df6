// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// How long a request may take.
  public struct Timeouts: Sendable, Hashable {
    /// Until there is a connection, encryption included.
    public var connect: Duration
    /// From the start of a request to its whole answer.
    public var request: Duration
    /// Without a single byte in or out, while a service computes; whole seconds.
    public var silence: Duration

    /// Limits of these lengths.
    public init(connect: Duration = .seconds(10), request: Duration = .seconds(300), silence: Duration = .seconds(120))
    {
      self.connect = connect
      self.request = request
      self.silence = silence
    }
  }
}
