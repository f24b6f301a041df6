// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The layout of `.fbin` and `.ibin`: the number of rows and the dimension, both int32, then the values as float32 or
/// int32, row by row, all little-endian (<https://big-ann-benchmarks.com>).
struct BigANNFile<Element: FileElement> {
  let count: Int
  let dimension: Int
  private let reader: FileReader

  /// Looks at the header and the size of the file.
  ///
  /// - Throws: ``VectorFileError`` where the size of the file isn't what its header says.
  init(_ reader: FileReader) throws {
    self.reader = reader
    let header = try reader.read(Self.headerBytes, as: "the header")
    let (count, dimension) = header.withUnsafeBytes { (Int32.load(from: $0, at: 0), Int32.load(from: $0, at: 4)) }
    guard count > 0, dimension > 0 else {
      throw VectorFileError(path: reader.path, offset: 0, "the header says \(count) rows of dimension \(dimension)")
    }
    // Two positive int32 multiply without overflow in an Int; four bytes for each may not.
    let values = Int(count) * Int(dimension)
    let (bytes, overflow) = values.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
    guard !overflow, bytes == reader.size - reader.offset else {
      throw VectorFileError(
        path: reader.path, offset: reader.offset,
        "the header says \(count) rows of dimension \(dimension), which \(reader.size - reader.offset) bytes are not")
    }
    (self.count, self.dimension) = (Int(count), Int(dimension))
  }

  /// All rows of a file.
  ///
  /// - Throws: ``VectorFileError`` where the size of the file isn't what its header says.
  static func read(_ reader: FileReader) throws -> Matrix<Element> {
    let file = try BigANNFile(reader)
    return try file.rows(0..<file.count)
  }

  /// Some of the rows.
  ///
  /// - Precondition: they are within `0..<count`.
  func rows(_ range: Range<Int>) throws -> Matrix<Element> {
    try reader.seek(to: Self.headerBytes + range.lowerBound * dimension * MemoryLayout<Element>.size)
    return Matrix(dimension: dimension, values: try reader.readValues(range.count * dimension, of: Element.self))
  }

  private static var headerBytes: Int { 8 }
}
