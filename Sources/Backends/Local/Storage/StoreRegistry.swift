// SPDX-License-Identifier: Apache-2.0

import HNSW

/// The stores that this process has open: one path is opened once, however many ask for it.
enum StoreRegistry {
  private struct Entry {
    weak var file: StoreFile?
    /// Who has it open.
    var users = 0
  }

  private static let entries = Lock<[String: Entry]>([:])

  /// The store at a canonical path, until ``release(_:)``.
  ///
  /// A file that was removed or replaced since it was opened is another store; those who have it open keep it.
  static func file(path: String, survivesPowerFailure: Bool) -> StoreFile {
    let file = entries.withLock { entries in
      if let file = entries[path]?.file, file.watch.isCurrent {
        entries[path]?.users += 1
        return file
      }
      let file = StoreFile(path: path, isTemporary: false, survivesPowerFailure: survivesPowerFailure)
      entries[path] = Entry(file: file, users: 1)
      return file
    }
    file.require(survivesPowerFailure: survivesPowerFailure)
    return file
  }

  /// Ends a use of a store; true where nobody else is known to use it, so that it is to be closed.
  static func release(_ file: StoreFile) -> Bool {
    entries.withLock { entries in
      // A private store, or one whose path another store has taken: it closes with the last who holds it.
      guard let entry = entries[file.paths.database], entry.file === file else { return file.isTemporary }
      if entry.users > 1 {
        entries[file.paths.database]?.users -= 1
        return false
      }
      entries[file.paths.database] = nil
      return true
    }
  }
}
