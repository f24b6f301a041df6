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
///
/// Who waits leaves a byte in the file. Who comes later sees it and lets him go first, so that a process that writes one
/// batch after the other does not shut the others out.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// The longest time between two tries, in seconds.
  private static let longestPause = 0.005
  /// How long a newcomer stands back for those who wait: they have tried once by then.
  private static let courtesy = 0.008

  /// Waits until the lock is free, for `patience` seconds at most.
  ///
  /// - Throws: ``VectorStoreError/Code/busy`` after that, ``VectorStoreError/Code/readOnly`` where the file may not be
  ///   made, `CancellationError`.
  init(path: String, patience: Double = 60, cancellation: Cancellation? = nil) throws {
    var descriptor = try Self.open(path)
    do {
      var waited = 0.0
      var pause = 0.000_1
      if Self.isAwaited(descriptor) { Self.sleep(Self.courtesy, &waited) }
      while true {
        try cancellation?.check()
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
          if FileStatus.identity(path) == FileStatus.identity(descriptor: descriptor) { break }
          // The file was removed, or made anew, after it was opened: others lock the new one.
          close(descriptor)
          descriptor = -1
          descriptor = try Self.open(path)
          continue
        }
        guard errno == EWOULDBLOCK || errno == EINTR, waited < patience else {
          throw VectorStoreError(
            .busy, "another process has been writing to the store for \(Int(patience)) s; try again when it is done")
        }
        // Best effort: without the byte the order is a matter of luck.
        _ = pwrite(descriptor, "w", 1, 0)
        Self.sleep(pause, &waited)
        pause = min(pause * 2, Self.longestPause)
      }
      if Self.isAwaited(descriptor) { _ = ftruncate(descriptor, 0) }
    } catch {
      if descriptor >= 0 { close(descriptor) }
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func open(_ path: String) throws -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #elseif canImport(Musl)
      let descriptor = Musl.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #else
      let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    #endif
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw VectorStoreError(
        errno == ENOSPC || errno == EDQUOT ? .io : .readOnly,
        "the store cannot be written: its lock file \(path) cannot be opened (\(reason)). Check the permissions of the folder"
      )
    }
    return descriptor
  }

  private static func isAwaited(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_size > 0
  }

  private static func sleep(_ seconds: Double, _ waited: inout Double) {
    usleep(UInt32(seconds * 1_000_000))
    waited += seconds
  }
}
