// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system knows about files.
enum FileStatus {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Bytes of a file; 0 where there is none.
  static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The first bytes of a file, fewer where it is shorter; nil where it cannot be read.
  static func head(_ path: String, count: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var done = 0
    var bytes = [UInt8](repeating: 0, count: count)
    while done < count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(done))
      }
      guard read >= 0 || errno == EINTR else { return nil }
      if read == 0 { break }
      if read > 0 { done += read }
    }
    return Array(bytes.prefix(done))
  }

  /// The path without symbolic links, relative parts and doubled slashes, so that one file has one name. The file
  /// itself need not be there, its folder must.
  static func canonical(_ path: String) -> String? {
    if let real = realPath(path) { return real }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != "..", let real = realPath(folder.isEmpty ? "/" : folder) else {
      return nil
    }
    return real == "/" ? "/\(name)" : "\(real)/\(name)"
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder of its own, readable by its user only, among the temporary files.
  static func makeTemporaryFolder() -> String? {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/vectorstore-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
      return String(cString: start)
    }
  }

  static func remove(_ path: String) { unlink(path) }
  static func removeFolder(_ path: String) { rmdir(path) }

  /// Gives a file another name, in one step.
  static func rename(_ old: String, to new: String) -> Bool {
    #if canImport(Darwin)
      Darwin.rename(old, new) == 0
    #elseif canImport(Musl)
      Musl.rename(old, new) == 0
    #else
      Glibc.rename(old, new) == 0
    #endif
  }

  /// Brings a folder's entries to the disk.
  static func flushFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
