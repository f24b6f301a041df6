// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A vector file whose rows are read block by block.
struct RowReader {
  /// The number of rows.
  let count: Int
  /// The number of values in a row.
  let dimension: Int
  /// Reads some of the rows, which are within `0..<count`.
  let rows: (Range<Int>) throws -> Matrix<Float>

  /// Opens a file of any format of ``VectorFile``. Only `.fvecs`, `.bvecs` and `.fbin` are read in blocks, others whole.
  ///
  /// - Throws: ``VectorFileError`` where it isn't what its name says.
  init(path: String) throws {
    switch URL(fileURLWithPath: path).pathExtension {
    case "fvecs":
      let file = try TexmexFile<Float>(try FileReader(path: path))
      (count, dimension, rows) = (file.count, file.dimension, file.rows)
    case "bvecs":
      let file = try TexmexFile<UInt8>(try FileReader(path: path))
      (count, dimension, rows) = (file.count, file.dimension, { try file.rows($0).map(Float.init) })
    case "fbin":
      let file = try BigANNFile<Float>(try FileReader(path: path))
      (count, dimension, rows) = (file.count, file.dimension, file.rows)
    default:
      let matrix = try VectorFile.readVectors(path)
      (count, dimension, rows) = (matrix.count, matrix.dimension, { matrix.rows(Array($0)) })
    }
  }
}
