// SPDX-License-Identifier: Apache-2.0

/// Where a store is: `sqlite:PATH` (a bare path means the same), `memory:`, or a URL of another backend such as
/// `postgresql://…`.
public struct StoreURL: Sendable, Hashable, CustomStringConvertible {
  /// The scheme, in lower case: `sqlite`, `memory`, `postgresql`.
  public let scheme: String
  /// The whole text for a URL with `//`; what follows the scheme's colon otherwise. It may hold a password: use
  /// ``description`` in messages.
  public let location: String

  /// The URL that a text gives.
  ///
  /// A text without a scheme is a path of SQLite's. What follows the first `+` in a scheme, SQLAlchemy's name of a
  /// driver, is left out, and `postgres` is `postgresql`.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for an empty text, and for `sqlite:` without a path.
  public init(_ text: String) throws {
    guard let (name, rest) = Self.split(text) else {
      try self.init(scheme: "sqlite", location: text)
      return
    }
    let plain = name.prefix { $0 != "+" }.lowercased()
    let scheme = plain == "postgres" ? "postgresql" : plain
    // Taken as a path it would be a file in the root folder.
    guard scheme != "sqlite" || !rest.hasPrefix("//") || rest.hasPrefix("///") else {
      throw VectorStoreError(
        .invalidArgument, "sqlite://… would name a host; a store is sqlite:PATH, or sqlite:///PATH from the root on")
    }
    try self.init(scheme: scheme, location: rest.hasPrefix("//") && scheme != "sqlite" ? text : rest)
  }

  private init(scheme: String, location: String) throws {
    // sqlite:///abs/path, as URLs of files are written, is the path after the empty host.
    let location = scheme == "sqlite" && location.hasPrefix("///") ? String(location.dropFirst(2)) : location
    guard scheme != "sqlite" || !location.isEmpty else {
      throw VectorStoreError(
        .invalidArgument, "a store is sqlite:PATH, a bare path, memory: or postgresql://…; the path is empty")
    }
    guard !location.utf8.contains(0) else {
      throw VectorStoreError(.invalidArgument, "a store's URL must not hold a NUL byte")
    }
    self.scheme = scheme
    self.location = location
  }

  /// The scheme and what follows its colon; nil for a text that has none. One letter is a drive, not a scheme.
  private static func split(_ text: String) -> (scheme: String, rest: String)? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = text[..<colon]
    let isName = name.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "+"
        || scalar == "-"
    }
    guard isName, name.utf8.count > 1 else { return nil }
    return (String(name), String(text[text.utf8.index(after: colon)...]))
  }

  /// The URL without a password.
  public var description: String {
    guard scheme != "sqlite", scheme != "memory" else { return "\(scheme):\(location)" }
    guard let colon = location.firstIndex(of: ":"), location[colon...].hasPrefix("://") else { return "\(scheme):…" }
    let rest = location[location.index(colon, offsetBy: 3)...]
    // A password may hold "/" unescaped, so the last "@" counts, wherever it is.
    let host = rest.lastIndex(of: "@").map(rest.index(after:)) ?? rest.startIndex
    let pathEnd = rest.firstIndex(of: "?") ?? rest.endIndex
    guard host <= pathEnd else { return "\(scheme)://…" }
    return "\(scheme)://\(rest[host..<pathEnd])"
  }
}
