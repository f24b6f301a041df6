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

  /// What tells a file from another that has or had the same path. Good as long as somebody has the file open: its number
  /// is given out again after that.
  struct Identity: Equatable, Sendable {
    var device: UInt64
    var number: UInt64
  }

  /// Changes when somebody writes to the file itself.
  struct Stamp: Equatable, Sendable {
    var identity: Identity
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// The stamp of a file; nil where there is none.
  static func stamp(_ path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Stamp(
      identity: identity(status), size: Int(status.st_size), seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }

  static func identity(_ path: String) -> Identity? { stamp(path)?.identity }

  /// The identity of an open file.
  static func identity(descriptor: Int32) -> Identity? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? identity(status) : nil
  }

  private static func identity(_ status: stat) -> Identity {
    Identity(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
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
    guard !name.isEmpty, name != ".", name != "..", let real = realPath(folder.isEmpty ? "/" : folder), isFolder(real)
    else { return nil }
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

  /// Removes the files whose path begins and ends so.
  static func removeAll(from prefix: String, to suffix: String) {
    guard let slash = prefix.lastIndex(of: "/"), let folder = opendir(String(prefix[...slash])) else { return }
    defer { closedir(folder) }
    let start = Array(prefix[prefix.index(after: slash)...].utf8)
    let end = Array(suffix.utf8)
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.count >= start.count + end.count, name.starts(with: start), name.suffix(end.count) == end[...] else {
        continue
      }
      found.append(String(prefix[...slash]) + String(decoding: name, as: UTF8.self))
    }
    for path in found { remove(path) }
  }

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
