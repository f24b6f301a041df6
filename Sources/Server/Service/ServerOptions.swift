// SPDX-License-Identifier: Apache-2.0

/// How a store is served.
public struct ServerOptions: Sendable {
  /// Whose requests are answered, by the host that they name.
  public enum Hosts: Sendable, Hashable {
    /// Whatever is named.
    case any
    /// `localhost`, `127.0.0.1` and `[::1]` only. A page elsewhere cannot reach a service on this machine by a name that
    /// it lets point here (DNS rebinding).
    case loopback
    /// These names, without ports.
    case only(Set<String>)
  }

  /// The key that requests must carry; nil lets everyone in.
  public var key: APIKey?
  /// Which hosts may be named; ``Hosts/loopback`` where there is no key, else ``Hosts/any``, if nil.
  public var hosts: Hosts?
  /// Origins of web pages that may use the service, such as `https://app.example.com`.
  public var origins: Set<String> = []
  /// Refuses what writes.
  public var isReadOnly = false
  /// Whether the page is served at the root.
  public var hasPage = true
  /// The limits.
  public var limits = ServerLimits()
  /// What takes in uploaded files; nil refuses them.
  public var ingest: FileIngest?
  /// How the embedder's name may be shown, where the store's own record of it may not.
  public var shownEmbedder: (@Sendable (String) -> String)?

  /// No key, requests that name this machine only, no web pages of others.
  public init() {}

  var allowedHosts: Hosts { hosts ?? (key == nil ? .loopback : .any) }
}
