// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A store as it was written.
enum StoreText {
  /// Whether a text has no scheme and is not a path but libpq's pairs, such as `host=h password=p`.
  static func isPairs(_ text: String) -> Bool {
    // With a scheme, the location is another text, or the scheme is not SQLite's.
    guard let url = try? StoreURL(text), url.scheme == "sqlite", url.location == text else { return false }
    let first = /\s*(host|hostaddr|dbname|user|password|port|service)\s*=/.ignoresCase()
    let password = /\spassword\s*=/.ignoresCase()
    return text.prefixMatch(of: first) != nil || text.contains(password)
  }

  /// The text, unless it is libpq's pairs: as a path they would be a file's name, with the password in it.
  static func checked(_ text: String) throws -> String {
    guard isPairs(text) else { return text }
    throw CommandError.usage(
      "the store is written as libpq's pairs (host=… dbname=…), but a store is given as a URL: "
        + "postgresql://USER:PASSWORD@HOST:PORT/DATABASE (a file of such a name is sqlite:PATH)")
  }
}
