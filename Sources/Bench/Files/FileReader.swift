// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Reads a regular file from its beginning, in pieces, and never past its end.
final class FileReader {
  /// The file, as it was named.
  let path: String
  /// The size of the file in bytes when it was opened.
  let size: Int
  /// The byte that is read next.
  private(set) var offset = 0
  private let handle: FileHandle

  /// Opens the file.
  ///
  /// - Throws: ``VectorFileError`` where there is no such regular file, or it may not be read.
  init(path: String) throws {
    self.path = path
    let attributes: [FileAttributeKey: Any]
    do {
      let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      attributes = try FileManager.default.attributesOfItem(atPath: target.path)
      handle = try FileHandle(forReadingFrom: target)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw VectorFileError(path: path, exists ? "the file can't be opened" : "there is no such file")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular, let bytes = attributes[.size] as? NSNumber else {
      throw VectorFileError(path: path, "is no regular file")
    }
    size = bytes.intValue
  }

  deinit {
    try? handle.close()
  }

  /// The next `count` bytes.
  ///
  /// - Throws: ``VectorFileError`` where the file has fewer left.
  func read(_ count: Int, as what: @autoclosure () -> String) throws -> Data {
    let data: Data
    do {
      data = try handle.read(upToCount: count) ?? Data()
    } catch {
      throw VectorFileError(path: path, offset: offset, "the file can't be read")
    }
    guard data.count == count else {
      throw VectorFileError(path: path, offset: offset, "\(data.count) bytes are left, \(what()) needs \(count)")
    }
    offset += count
    return data
  }

  /// The next `count` values.
  ///
  /// - Throws: ``VectorFileError`` where the file has fewer left; nothing is allocated in that case.
  func readValues<Element: FileElement>(_ count: Int, of: Element.Type) throws -> [Element] {
    let width = MemoryLayout<Element>.size
    guard count <= (size - offset) / width else {
      throw VectorFileError(path: path, offset: offset, "\(size - offset) bytes are left, too few for \(count) values")
    }
    var values: [Element] = []
    values.reserveCapacity(count)
    while values.count < count {
      let piece = min(count - values.count, Self.pieceBytes / width)
      try read(piece * width, as: "a block of values").withUnsafeBytes { bytes in
        for index in 0..<piece {
          values.append(Element.load(from: bytes, at: index * width))
        }
      }
    }
    return values
  }

  /// Goes to a byte, which is read next.
  ///
  /// - Throws: ``VectorFileError`` where the file has no such byte.
  func seek(to offset: Int) throws {
    guard 0...size ~= offset, (try? handle.seek(toOffset: UInt64(offset))) != nil else {
      throw VectorFileError(path: path, offset: offset, "the file has \(size) bytes")
    }
    self.offset = offset
  }

  /// Calls `body` with each line of the rest of the file, without its end.
  ///
  /// - Throws: ``VectorFileError`` where the file can't be read, and what `body` throws.
  func readLines(_ body: ([UInt8]) throws -> Void) throws {
    var line: [UInt8] = []
    while offset < size {
      let piece = try read(min(size - offset, Self.pieceBytes), as: "a piece of the file")
      for byte in piece {
        if byte == UInt8(ascii: "\n") {
          try body(line)
          line.removeAll(keepingCapacity: true)
        } else {
          line.append(byte)
        }
      }
    }
    if !line.isEmpty { try body(line) }
  }

  static let pieceBytes = 8 << 20
}
