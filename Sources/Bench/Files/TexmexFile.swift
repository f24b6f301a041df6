// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The TEXMEX layout of `.fvecs`, `.ivecs` and `.bvecs`: each row is its dimension as an int32, then that many float32,
/// int32 or uint8 values, all little-endian (<http://corpus-texmex.irisa.fr>).
enum TexmexFile {
  /// All rows of the file.
  ///
  /// - Throws: ``VectorFileError`` where the file is empty, ends inside a row, or has rows of different dimensions.
  static func read<Element: FileElement>(_ reader: FileReader, of: Element.Type) throws -> Matrix<Element> {
    guard reader.size >= headerBytes else {
      throw VectorFileError(path: reader.path, offset: 0, "\(reader.size) bytes hold no row")
    }
    let first = try reader.read(headerBytes, as: "a row's dimension").withUnsafeBytes { Int32.load(from: $0, at: 0) }
    guard first > 0 else {
      throw VectorFileError(path: reader.path, offset: 0, "a row's dimension is \(first)")
    }
    let dimension = Int(first)
    let rowBytes = dimension * MemoryLayout<Element>.size
    let recordBytes = headerBytes + rowBytes
    guard reader.size.isMultiple(of: recordBytes) else {
      let whole = reader.size / recordBytes * recordBytes
      throw VectorFileError(
        path: reader.path, offset: whole,
        "\(reader.size) bytes are no whole number of rows of dimension \(dimension) (\(recordBytes) bytes each)")
    }
    let count = reader.size / recordBytes

    var values: [Element] = []
    values.reserveCapacity(count * dimension)
    try append(reader.read(rowBytes, as: "a row"), dimension: dimension, skipping: 0, to: &values)
    let rowsAtOnce = max(1, FileReader.pieceBytes / recordBytes)
    var row = 1
    while row < count {
      let rows = min(rowsAtOnce, count - row)
      let start = reader.offset
      let block = try reader.read(rows * recordBytes, as: "\(rows) rows")
      for index in 0..<rows {
        let offset = index * recordBytes
        let stated = block.withUnsafeBytes { Int32.load(from: $0, at: offset) }
        guard stated == first else {
          throw VectorFileError(
            path: reader.path, offset: start + offset,
            "row \(row + index) states the dimension \(stated), the first row \(first)")
        }
        append(block, dimension: dimension, skipping: offset + headerBytes, to: &values)
      }
      row += rows
    }
    return Matrix(dimension: dimension, values: values)
  }

  private static let headerBytes = MemoryLayout<Int32>.size

  private static func append<Element: FileElement>(
    _ block: Data, dimension: Int, skipping offset: Int, to values: inout [Element]
  ) {
    block.withUnsafeBytes { bytes in
      for index in 0..<dimension {
        values.append(Element.load(from: bytes, at: offset + index * MemoryLayout<Element>.size))
      }
    }
  }
}
