// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Copies the database to a new file while it is in use, as it is at one moment. The index file is not copied: it is made anew
/// from the copy when it is first searched.
struct Backup {
  let source: StoreFile
  let path: String
  let cancellation: Cancellation

  func run(progress: StoreProgress.Handler?) throws {
    guard !FileStatus.exists(path) else {
      throw VectorStoreError(.invalidArgument, "\(path) is there already; a backup is a new file")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard FileStatus.isFolder(folder) else {
      throw VectorStoreError(.notFound, "the folder of \(path) is not there; make it first")
    }
    // A name of its own, so that one that was killed is not in the way of the next.
    let partial = "\(path).\(getpid()).partial"
    FileStatus.remove(partial)
    do {
      // VACUUM INTO writes a compact copy of one snapshot, and needs no lock that writers wait for.
      try source.readers.statement(sql: "VACUUM INTO ?", arguments: [partial], cancellation: cancellation)
      try cancellation.check()
      let copy = try DatabaseQueue(path: partial)
      try copy.writeWithoutTransaction { db in
        try db.execute(
          sql:
            "UPDATE collections SET index_file = NULL, pending_file = NULL, index_change = change_number, pending_change = NULL"
        )
        guard try String.fetchOne(db, sql: "PRAGMA quick_check") == "ok" else {
          throw VectorStoreError(.corrupt, "the copy is damaged, as the store must be; run 'verify'")
        }
      }
      try copy.close()
      guard FileStatus.rename(partial, to: path) else {
        throw VectorStoreError(.io, "the backup could not be given its name \(path)")
      }
      FileStatus.flushFolder(of: path)
    } catch {
      FileStatus.remove(partial)
      throw error
    }
  }
}
