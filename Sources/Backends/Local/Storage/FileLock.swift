// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The right to write, held by one process at a time: an advisory lock on a file beside the database.
///
/// SQLite's own locks would do for correctness, but versions 3.7.0 to 3.51.2 can corrupt a write-ahead log that two
/// connections write or checkpoint at one moment; this lock keeps them apart. The system frees it when its holder dies.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Waits until the lock is free, for `patience` seconds at most.
  ///
  /// - Throws: ``VectorStoreError/Code/busy`` after that, ``VectorStoreError/Code/readOnly`` where the file may not be
  ///   made.
  init(path: String, patience: Double = 60) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw VectorStoreError(
        errno == ENOSPC ? .io : .readOnly,
        "the store cannot be written: its lock file \(path) cannot be opened (\(reason)). Check the permissions of the folder"
      )
    }
    var waited = 0.0
    var pause = 0.000_1
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < patience else {
        close(descriptor)
        throw VectorStoreError(
          .busy, "another process has been writing to the store for \(Int(patience)) s; try again when it is done")
      }
      usleep(UInt32(pause * 1_000_000))
      waited += pause
      pause = min(pause * 2, 0.02)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
