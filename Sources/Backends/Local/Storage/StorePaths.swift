// SPDX-License-Identifier: Apache-2.0

/// The files of a store: the database, and beside it what is derived from it.
struct StorePaths: Sendable {
  /// The SQLite database: the truth.
  let database: String
  /// Locked by the process that writes. It holds nothing.
  var lock: String { database + "-lock" }
  /// What SQLite has committed and not yet put into the database.
  var writeAheadLog: String { database + "-wal" }
  /// The vector index of a collection: a cache of the database.
  func index(collection: Int64) -> String { "\(database)-index-\(collection)" }
}
