// SPDX-License-Identifier: Apache-2.0

/// Why there is no answer.
struct TransferFailure: Error, Sendable {
  /// What kind of failure it is.
  enum Kind: Sendable, Hashable {
    /// No connection: no such host, refused, no route.
    case unreachable
    /// A connection that ended, or was cut, before the answer was whole.
    case cut
    /// A time limit was reached.
    case timedOut
    /// The server's certificate is not trusted, or there is no common way to encrypt.
    case insecure
    /// The answer is larger than any right one.
    case tooLarge
    /// Anything else.
    case other
  }

  /// What kind of failure it is.
  var kind: Kind
  /// What libcurl says of it; may hold secrets of the URL.
  var detail: String
}
