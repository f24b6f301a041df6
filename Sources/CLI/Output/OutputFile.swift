// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Where lines go: standard output or a file, through a buffer. On a terminal each line appears at once.
final class OutputFile: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var isClosed = false
  }

  private static let capacity = 1 << 16

  private let descriptor: Int32
  private let name: String
  private let isLineBuffered: Bool
  private let state = Mutex(State())

  /// Standard output.
  static let standard = OutputFile(descriptor: STDOUT_FILENO, name: "standard output")

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isLineBuffered = isatty(descriptor) == 1
  }

  /// A new file. An old file of this name is emptied, unless it is a database: a mistyped name must not cost a store.
  convenience init(path: String) throws {
    guard !Self.isDatabase(path) else {
      throw CommandError.failed("\(path) is an SQLite database, perhaps a store, and is not written over")
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw CommandError.failed("\(path): \(String(cString: strerror(errno)))") }
    self.init(descriptor: descriptor, name: path)
  }

  private static func isDatabase(_ path: String) -> Bool {
    var status = stat()
    // Opening a pipe would take bytes out of it, or wait.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Foundation.close(descriptor) }
    let magic = Array("SQLite format 3\0".utf8)
    var bytes = [UInt8](repeating: 0, count: magic.count)
    return read(descriptor, &bytes, bytes.count) == magic.count && bytes == magic
  }

  /// Writes a line.
  ///
  /// - Throws: ``BrokenPipe`` where nobody reads any more.
  func line(_ text: String) throws {
    try state.withLock { state in
      state.buffer.append(contentsOf: text.utf8)
      state.buffer.append(UInt8(ascii: "\n"))
      if isLineBuffered || state.buffer.count >= Self.capacity { try drain(&state) }
    }
  }

  /// Writes what is in the buffer.
  func flush() throws { try state.withLock { try drain(&$0) } }

  /// Writes what is in the buffer and sees to it that a file is on the disk.
  func close() throws {
    try state.withLock { state in
      guard !state.isClosed else { return }
      try drain(&state)
      state.isClosed = true
      guard descriptor != STDOUT_FILENO else { return }
      // A device or a pipe cannot be synchronised, which is no failure.
      let isSynced = fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS
      let isClosed = Foundation.close(descriptor) == 0
      guard isSynced, isClosed else { throw fault() }
    }
  }

  private func drain(_ state: inout State) throws {
    defer { state.buffer.removeAll(keepingCapacity: true) }
    try state.buffer.withUnsafeBytes { bytes in
      var place = 0
      while place < bytes.count {
        let written = write(descriptor, bytes.baseAddress?.advanced(by: place), bytes.count - place)
        if written > 0 {
          place += written
        } else if errno == EPIPE {
          throw BrokenPipe()
        } else if errno != EINTR {
          throw fault()
        }
      }
    }
  }

  private func fault() -> CommandError { .failed("\(name): \(String(cString: strerror(errno)))") }
}
