// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Writes vector files, in the format that the suffix of their name says.
package enum VectorFileWriter {
  /// Writes an `.fvecs`, `.fbin` or `.npy` file. It is there whole or not at all.
  ///
  /// - Throws: ``VectorFileError`` for another suffix, and where it can't be written.
  package static func write(_ rows: Matrix<Float>, to path: String) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.values.count * 4 + rows.count * 4 + 128)
    switch URL(fileURLWithPath: path).pathExtension {
    case "fvecs": appendRows(rows, to: &bytes)
    case "fbin":
      append(Int32(clamping: rows.count), to: &bytes)
      append(Int32(clamping: rows.dimension), to: &bytes)
      for value in rows.values { append(value.bitPattern, to: &bytes) }
    case "npy":
      appendNpyHeader(rows, to: &bytes)
      for value in rows.values { append(value.bitPattern, to: &bytes) }
    case let other: throw VectorFileError(path: path, "the suffix '.\(other)' is none of .fvecs, .fbin, .npy")
    }
    try put(bytes, at: path)
  }

  /// Writes an `.ivecs` file.
  ///
  /// - Throws: ``VectorFileError`` where it can't be written.
  package static func write(_ rows: Matrix<Int32>, to path: String) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.values.count * 4 + rows.count * 4)
    appendRows(rows, to: &bytes)
    try put(bytes, at: path)
  }

  private static func appendRows(_ rows: Matrix<some FileElement>, to bytes: inout [UInt8]) {
    for row in 0..<rows.count {
      append(Int32(clamping: rows.dimension), to: &bytes)
      for value in rows[row] { value.append(to: &bytes) }
    }
  }

  /// Version 1, padded to a multiple of 64 as the format asks for.
  private static func appendNpyHeader(_ rows: Matrix<Float>, to bytes: inout [UInt8]) {
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(rows.dimension)), }"
    let padding = (64 - (10 + dictionary.utf8.count + 1) % 64) % 64
    let header = Array(dictionary.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    bytes += [0x93] + Array("NUMPY".utf8) + [1, 0]
    append(UInt16(clamping: header.count), to: &bytes)
    bytes += header
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func put(_ bytes: [UInt8], at path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw VectorFileError(path: path, "can't be written")
    }
  }
}
