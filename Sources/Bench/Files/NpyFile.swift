// SPDX-License-Identifier: Apache-2.0

import Foundation

/// NumPy's `.npy`, a float32 matrix in C order
/// (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).
enum NpyFile {
  /// All rows of the file.
  ///
  /// - Throws: ``VectorFileError`` where it is no such file, holds another type, order or shape, or has another size
  ///   than its shape needs.
  static func read(_ reader: FileReader) throws -> Matrix<Float> {
    let prefix = try reader.read(8, as: "the magic number and the version")
    guard prefix.starts(with: magic) else {
      throw VectorFileError(path: reader.path, offset: 0, "doesn't begin as an .npy file")
    }
    let version = prefix[prefix.startIndex + 6]
    let header = try reader.read(try headerLength(reader, version: version), as: "the header")
    let shape = try shape(of: String(decoding: header, as: UTF8.self), in: reader)

    let (values, overflow) = shape.count.multipliedReportingOverflow(by: shape.dimension)
    let (bytes, bytesOverflow) = values.multipliedReportingOverflow(by: MemoryLayout<Float>.size)
    guard !overflow, !bytesOverflow, bytes == reader.size - reader.offset else {
      throw VectorFileError(
        path: reader.path, offset: reader.offset,
        "the header says (\(shape.count), \(shape.dimension)), which \(reader.size - reader.offset) bytes are not")
    }
    return Matrix(dimension: shape.dimension, values: try reader.readValues(values, of: Float.self))
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Version 1 states the length of the header in two bytes, versions 2 and 3 in four.
  private static func headerLength(_ reader: FileReader, version: UInt8) throws -> Int {
    let bytes: Int
    switch version {
    case 1: bytes = 2
    case 2, 3: bytes = 4
    default: throw VectorFileError(path: reader.path, offset: 6, "has the unknown version \(version)")
    }
    return try reader.read(bytes, as: "the header's length").reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The header is a Python dictionary: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
  private static func shape(of header: String, in reader: FileReader) throws -> (count: Int, dimension: Int) {
    guard let type = header.firstMatch(of: /'descr':\s*'([^']*)'/)?.output.1 else {
      throw VectorFileError(path: reader.path, offset: 8, "the header states no type of value")
    }
    guard type == "<f4" else {
      throw VectorFileError(path: reader.path, offset: 8, "holds values of type '\(type)', not '<f4' (float32)")
    }
    guard header.contains(/'fortran_order':\s*False/) else {
      throw VectorFileError(path: reader.path, offset: 8, "isn't in C order")
    }
    guard let sizes = header.firstMatch(of: /'shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)/)?.output,
      let count = Int(sizes.1), let dimension = Int(sizes.2), count > 0, dimension > 0
    else {
      throw VectorFileError(path: reader.path, offset: 8, "holds no matrix of at least one row and one column")
    }
    return (count, dimension)
  }
}
