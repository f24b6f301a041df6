// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// A connection URL as its writers have it: SQLAlchemy's schemes and asyncpg's parameters, brought to libpq's form.
struct ConnectionURL {
  /// The URL that libpq reads.
  let plain: String

  /// nil for a text that has no scheme.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for another scheme than PostgreSQL's, for a parameter that libpq does not
  ///   know, and where a password was not encoded.
  init?(_ text: String) throws {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound]
    let isScheme = scheme.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "_")
    }
    guard isScheme, !scheme.isEmpty else {
      // Pairs with a URL in a value, perhaps; libpq decides.
      if text.contains("=") { return nil }
      throw ConnectionStringError.malformed(nil)
    }
    let base = scheme.prefix { $0 != "+" }.lowercased()
    guard base == "postgres" || base == "postgresql" else {
      throw ConnectionStringError.malformed("its scheme is not postgresql")
    }
    let rest = text[mark.upperBound...]
    // As libpq has it: the user ends at the first '@' before the first '/'.
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let user = rest[..<slash].firstIndex(of: "@").map(rest.index(after:)) ?? rest.startIndex
    guard !rest[user...].contains("@") else {
      throw ConnectionStringError.malformed("in user and password '@' is written %40, and '/' %2F")
    }
    guard let question = rest[user...].firstIndex(of: "?") else {
      plain = "postgresql://\(rest)"
      return
    }
    let query = try QueryParameters(rest[rest.index(after: question)...])
    plain = "postgresql://\(rest[..<question])\(query.isEmpty ? "" : "?")\(query.text)"
  }
}
