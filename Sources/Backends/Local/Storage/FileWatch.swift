// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// Tells whether the file at a path is still the one that was opened.
///
/// A database that is removed or replaced while it is open lives on without a name: what is written to it then is lost, and
/// what is read is old.
final class FileWatch: Sendable {
  private let path: String
  private let known = Lock<FileStatus.Identity?>(nil)

  init(path: String) { self.path = path }

  /// Whether the path has the file that was opened, or none has been opened yet.
  var isCurrent: Bool { known.withLock { $0.map { $0 == FileStatus.identity(path) } ?? true } }

  /// Takes the present file for the one that is open if it is the first.
  func settle() throws {
    known.withLock { known in if known == nil { known = FileStatus.identity(path) } }
    try check()
  }

  /// - Throws: ``VectorStoreError/Code/unavailable`` where the file has gone or another has taken its place.
  func check() throws {
    guard isCurrent else {
      throw VectorStoreError(
        .unavailable, "\(path) was removed or replaced while it was open; close the store and open it again")
    }
  }
}
