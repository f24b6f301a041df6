// SPDX-License-Identifier: Apache-2.0

import GRDB

extension LocalBackend {
  /// SQLite's `synchronous` of the connection that writes: 0 for OFF, 1 for NORMAL, 2 for FULL. For tests: nothing else shows
  /// before the power fails.
  package func synchronousLevel() async throws -> Int? {
    let file = collection.file
    return try await write { _ in
      try file.writingConnection().unsafeRead { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }
  }
}
