// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The TEXMEX layout of `.fvecs`, `.ivecs` and `.bvecs`: each row is its dimension as an int32, then that many float32,
/// int32 or uint8 values, all little-endian (<http://corpus-texmex.irisa.fr>).
struct TexmexFile<Element: FileElement> {
  let count: Int
  let dimension: Int
  private let reader: FileReader

  /// Looks at the first row and the size of the file.
  ///
  /// - Throws: ``VectorFileError`` where the file is empty, or its size isn't one of whole rows.
  init(_ reader: FileReader) throws {
    self.reader = reader
    guard reader.size >= Self.headerBytes else {
      throw VectorFileError(path: reader.path, offset: 0, "\(reader.size) bytes hold no row")
    }
    let first = try reader.read(Self.headerBytes, as: "a row's dimension").withUnsafeBytes {
      Int32.load(from: $0, at: 0)
    }
    guard first > 0 else {
      throw VectorFileError(path: reader.path, offset: 0, "a row's dimension is \(first)")
    }
    dimension = Int(first)
    let recordBytes = Self.recordBytes(dimension)
    guard reader.size.isMultiple(of: recordBytes) else {
      let whole = reader.size / recordBytes * recordBytes
      throw VectorFileError(
        path: reader.path, offset: whole,
        "\(reader.size) bytes are no whole number of rows of dimension \(dimension) (\(recordBytes) bytes each)")
    }
    count = reader.size / recordBytes
    try reader.seek(to: 0)
  }

  /// All rows of a file.
  ///
  /// - Throws: ``VectorFileError`` where the file is empty, ends inside a row, or has rows of different dimensions.
  static func read(_ reader: FileReader) throws -> Matrix<Element> {
    let file = try TexmexFile(reader)
    return try file.rows(0..<file.count)
  }

  /// Some of the rows.
  ///
  /// - Precondition: they are within `0..<count`.
  /// - Throws: ``VectorFileError`` where one has another dimension than the first row of the file.
  func rows(_ range: Range<Int>) throws -> Matrix<Element> {
    let recordBytes = Self.recordBytes(dimension)
    try reader.seek(to: range.lowerBound * recordBytes)
    var values: [Element] = []
    values.reserveCapacity(range.count * dimension)
    let rowsAtOnce = max(1, FileReader.pieceBytes / recordBytes)
    for row in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
      let rows = min(rowsAtOnce, range.upperBound - row)
      let start = reader.offset
      let block = try reader.read(rows * recordBytes, as: "\(rows) rows")
      for index in 0..<rows {
        let offset = index * recordBytes
        let stated = block.withUnsafeBytes { Int32.load(from: $0, at: offset) }
        guard stated == Int32(dimension) else {
          throw VectorFileError(
            path: reader.path, offset: start + offset,
            "row \(row + index) states the dimension \(stated), the first row \(dimension)")
        }
        append(block, skipping: offset + Self.headerBytes, to: &values)
      }
    }
    return Matrix(dimension: dimension, values: values)
  }

  private static var headerBytes: Int { MemoryLayout<Int32>.size }

  private static func recordBytes(_ dimension: Int) -> Int { headerBytes + dimension * MemoryLayout<Element>.size }

  private func append(_ block: Data, skipping offset: Int, to values: inout [Element]) {
    block.withUnsafeBytes { bytes in
      for index in 0..<dimension {
        values.append(Element.load(from: bytes, at: offset + index * MemoryLayout<Element>.size))
      }
    }
  }
}
