// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The bytes of files and of standard input.
enum FileBytes {
  /// All bytes of a file.
  ///
  /// - Throws: ``FileFault`` for what is no file (a pipe is one where it is named), and for what the system refuses.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw fault() }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: break
    case S_IFDIR: throw FileFault("it is a folder")
    default: throw FileFault("it is a device or a socket, not a file")
    }
    return try read(descriptor, expecting: Int(status.st_size))
  }

  /// All bytes of standard input.
  static func readStandardInput() throws -> [UInt8] { try read(STDIN_FILENO, expecting: 0) }

  private static func read(_ descriptor: Int32, expecting size: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, size))
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try InputDescriptor.read(descriptor, into: chunk)
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk.prefix(count))
    }
  }

  private static func fault() -> FileFault { FileFault(String(cString: strerror(errno))) }
}
