// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What lies in a folder.
struct FolderEntry {
  /// What it is, links followed.
  enum Kind {
    case file, folder, other
  }

  /// What the system knows a folder by, whatever its name.
  struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// Its name; nil where the name's bytes are not UTF-8, and it cannot be a source.
  let name: String?
  /// Its name as the system has it, for messages.
  let shownName: String

  /// The entries of a folder without hidden ones, in the order of their names' bytes.
  ///
  /// - Throws: ``FileFault`` where the folder cannot be read.
  static func entries(of folder: String) throws -> [FolderEntry] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { throw FileFault(String(cString: strerror(errno))) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { bytes in
      FolderEntry(name: String(validating: bytes, as: UTF8.self), shownName: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// What a path leads to, and the identity of what is there; nil where nothing is.
  static func kind(of path: String) -> (kind: Kind, identity: Identity)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let kind: Kind
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    return (kind, Identity(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino)))
  }
}
