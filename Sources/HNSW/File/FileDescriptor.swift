// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// An open file, closed with the value. Calls are repeated when a signal interrupts them.
struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: String

  private init(number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  static func openForReading(_ path: String) throws(VectorIndexError) -> FileDescriptor {
    // Without waiting: a named pipe would block until somebody writes to it; it is refused by its kind.
    try open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  }

  /// Makes a new file; fails where it exists.
  static func create(_ path: String) throws(VectorIndexError) -> FileDescriptor {
    try open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC)
  }

  private static func open(_ path: String, _ flags: Int32) throws(VectorIndexError) -> FileDescriptor {
    while true {
      #if canImport(Darwin)
        let number = Darwin.open(path, flags, 0o644)
      #elseif canImport(Musl)
        let number = Musl.open(path, flags, 0o644)
      #else
        let number = Glibc.open(path, flags, 0o644)
      #endif
      if number >= 0 { return FileDescriptor(number: number, path: path) }
      if errno != EINTR { throw VectorIndexError(.io, "cannot open \(path): \(systemErrorText())") }
    }
  }

  /// The size in bytes; throws where the path is no regular file.
  func size() throws(VectorIndexError) -> Int {
    var information = stat()
    guard fstat(number, &information) == 0 else {
      throw VectorIndexError(.io, "cannot read the size of \(path): \(systemErrorText())")
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw VectorIndexError(.unsupportedFile, "\(path) is no regular file")
    }
    return Int(information.st_size)
  }

  /// Reads exactly `count` bytes from `offset`.
  func read(into bytes: UnsafeMutableRawPointer, count: Int, at offset: Int) throws(VectorIndexError) {
    var done = 0
    while done < count {
      let result = pread(number, bytes + done, count - done, off_t(offset + done))
      if result > 0 {
        done += result
      } else if result == 0 {
        throw VectorIndexError(.corruptFile, "\(path) ends at byte \(offset + done), inside its data")
      } else if errno != EINTR {
        throw VectorIndexError(.io, "cannot read \(path): \(systemErrorText())")
      }
    }
  }

  func write(_ bytes: UnsafeRawPointer, count: Int, at offset: Int) throws(VectorIndexError) {
    var done = 0
    while done < count {
      let result = pwrite(number, bytes + done, count - done, off_t(offset + done))
      if result >= 0 {
        done += result
      } else if errno != EINTR {
        throw VectorIndexError(.io, "cannot write \(path): \(systemErrorText())")
      }
    }
  }

  /// Waits until the file's bytes are on the disk.
  func synchronize() throws(VectorIndexError) {
    #if canImport(Darwin)
      // fsync on Apple's systems stops at the drive's cache.
      if fcntl(number, F_FULLFSYNC) == 0 { return }
    #endif
    guard fsync(number) == 0 else {
      throw VectorIndexError(.io, "cannot flush \(path) to the disk: \(systemErrorText())")
    }
  }

  /// Puts a finished file in the place of `path` and makes its name durable.
  static func replace(_ path: String, with temporary: String) throws(VectorIndexError) {
    guard rename(temporary, path) == 0 else {
      throw VectorIndexError(.io, "cannot rename \(temporary) to \(path): \(systemErrorText())")
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    try open(folder, O_RDONLY | O_CLOEXEC).synchronizeFolder()
  }

  private consuming func synchronizeFolder() throws(VectorIndexError) {
    // Some file systems refuse to flush a folder; its entry is then as durable as they make it.
    guard fsync(number) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw VectorIndexError(.io, "cannot flush the folder \(path) to the disk: \(systemErrorText())")
    }
  }

  static func remove(_ path: String) { unlink(path) }
}
