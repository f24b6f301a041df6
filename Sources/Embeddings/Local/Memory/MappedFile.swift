// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The bytes of a file, mapped for reading: pages that nobody touches are never read.
///
/// The file must not be shortened while it is mapped. Sendable because nothing is ever written.
final class MappedFile: @unchecked Sendable {
  /// The name that errors give the file.
  let name: String
  /// The file's bytes, valid for the object's life: who reads them keeps the object.
  let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound``, ``VectorStoreError/Code/io``.
  init(path: String, name: String) throws {
    self.name = name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, name, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG, let size = Int(exactly: status.st_size) else {
      throw VectorStoreError(.io, "\(name) is no regular file: \(path)", context: [.file: name])
    }
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw Self.failure(path, name, errno)
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }

  /// A copy of all bytes.
  var contents: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

  /// Gives back the memory of the pages that lie wholly inside of `range`; they are read again when touched.
  func release(_ range: Range<Int>) {
    guard let base = bytes.baseAddress else { return }
    let page = max(Int(sysconf(Int32(_SC_PAGESIZE))), 1)
    let first = (max(range.lowerBound, 0) + page - 1) / page * page
    let end = min(range.upperBound, bytes.count) / page * page
    if end > first { madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, Int32(MADV_DONTNEED)) }
  }

  private static func failure(_ path: String, _ name: String, _ code: Int32) -> VectorStoreError {
    let reason = String(cString: strerror(code))
    return code == ENOENT || code == ENOTDIR
      ? VectorStoreError(.notFound, "the model has no \(name) (looked for \(path))", context: [.file: name])
      : VectorStoreError(.io, "cannot read \(name) at \(path): \(reason)", context: [.file: name])
  }
}
