// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The layout of `.fbin` and `.ibin`: the number of rows and the dimension, both int32, then the values as float32 or
/// int32, row by row, all little-endian (<https://big-ann-benchmarks.com>).
enum BigANNFile {
  /// All rows of the file.
  ///
  /// - Throws: ``VectorFileError`` where the size of the file isn't what its header says.
  static func read<Element: FileElement>(_ reader: FileReader, of: Element.Type) throws -> Matrix<Element> {
    let header = try reader.read(8, as: "the header")
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
    return Matrix(dimension: Int(dimension), values: try reader.readValues(values, of: Element.self))
  }
}
