// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

import Synchronization

/// Writes an index to a file that replaces the old one in one step, or not at all.
struct IndexFileWriter {
  let path: String

  private static let savesBegun = Atomic(0)

  /// Writes beside the path, flushes, renames, flushes the folder.
  ///
  /// The caller holds the index's writer lock, so that nothing of the moment changes.
  func write(_ moment: Moment, header start: IndexFileHeader) throws(VectorIndexError) {
    // A number besides the process's: two indexes of one process may be saved to the same path.
    let number = Self.savesBegun.add(1, ordering: .relaxed).newValue
    let temporary = "\(path).\(getpid()).\(number).tmp"
    FileDescriptor.remove(temporary)
    do throws(VectorIndexError) {
      let file = try FileDescriptor.create(temporary)
      try write(moment, header: start, to: file)
      try file.synchronize()
      try FileDescriptor.replace(path, with: temporary)
    } catch {
      FileDescriptor.remove(temporary)
      throw error
    }
  }

  private func write(
    _ moment: Moment, header start: IndexFileHeader, to file: borrowing FileDescriptor
  ) throws(VectorIndexError) {
    var header = start
    var checksums: [UInt64] = []
    var offset = IndexFileHeader.pageBytes
    for entry in SectionLayout(moment).entries {
      let used = entry.records * entry.section.stride
      let byteCount = Self.padded(used)
      let section = IndexFileHeader.SectionEntry(
        kind: entry.kind, stride: entry.section.stride, records: entry.records, offset: offset, byteCount: byteCount,
        blockShift: IndexFileHeader.blockShift(stride: entry.section.stride))
      checksums += try write(entry, as: section, to: file)
      header.sections.append(section)
      offset += byteCount
    }
    header.checksumOffset = offset
    let table = checksums.map(\.littleEndian).withUnsafeBytes { Array($0) }
    let padded = table + [UInt8](repeating: 0, count: Self.padded(table.count) - table.count)
    try padded.withUnsafeBufferPointer { (bytes) throws(VectorIndexError) in
      guard let base = bytes.baseAddress else { return }
      header.checksumHash = XXH64.hash(base, count: bytes.count)
      try file.write(base, count: bytes.count, at: offset)
    }
    header.fileBytes = offset + padded.count
    try header.encoded().withUnsafeBufferPointer { (bytes) throws(VectorIndexError) in
      if let base = bytes.baseAddress { try file.write(base, count: bytes.count, at: 0) }
    }
  }

  /// Writes a section block by block; returns the checksums. The last block's covers the padding.
  private func write(
    _ entry: SectionLayout.Entry, as section: IndexFileHeader.SectionEntry, to file: borrowing FileDescriptor
  ) throws(VectorIndexError) -> [UInt64] {
    var checksums: [UInt64] = []
    let blockRecords = 1 << section.blockShift
    var buffer = [UInt8]()
    for block in 0..<section.blocks {
      let first = block * blockRecords
      let end = min(first + blockRecords, section.records)
      let offset = first * section.stride
      let used = end * section.stride - offset
      let isLast = block == section.blocks - 1
      // Copied first, so that the checksum is of the bytes that are written.
      buffer.removeAll(keepingCapacity: true)
      buffer.append(contentsOf: UnsafeRawBufferPointer(start: entry.section.base + offset, count: used))
      if isLast { buffer.append(contentsOf: repeatElement(0, count: section.byteCount - offset - used)) }
      try buffer.withUnsafeBufferPointer { (bytes) throws(VectorIndexError) in
        guard let base = bytes.baseAddress else { return }
        checksums.append(XXH64.hash(base, count: bytes.count))
        try file.write(base, count: bytes.count, at: section.offset + offset)
      }
    }
    return checksums
  }

  private static func padded(_ bytes: Int) -> Int {
    (bytes + IndexFileHeader.pageBytes - 1) / IndexFileHeader.pageBytes * IndexFileHeader.pageBytes
  }
}
