// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Vector files by the suffix of their name.
package enum VectorFile {
  /// The rows of an `.fvecs`, `.ivecs`, `.bvecs`, `.fbin`, `.npy` or `.jsonl` file as Float32.
  ///
  /// - Throws: ``VectorFileError`` for a file that isn't what its name says.
  package static func readVectors(_ path: String) throws -> Matrix<Float> {
    let reader = try FileReader(path: path)
    switch suffix(of: path) {
    case "fvecs": return try TexmexFile<Float>.read(reader)
    case "ivecs": return try TexmexFile<Int32>.read(reader).map(Float.init)
    case "bvecs": return try TexmexFile<UInt8>.read(reader).map(Float.init)
    case "fbin": return try BigANNFile<Float>.read(reader)
    case "npy": return try NpyFile.read(reader)
    case "jsonl": return try JSONLinesFile.read(reader)
    case let other:
      throw VectorFileError(path: path, "the suffix '.\(other)' is none of .fvecs, .ivecs, .bvecs, .fbin, .npy, .jsonl")
    }
  }

  /// The rows of an `.ivecs` or `.ibin` file that names, for each query, base rows, nearest first.
  ///
  /// - Throws: ``VectorFileError`` for a file that isn't what its name says.
  package static func readNeighbors(_ path: String) throws -> Matrix<Int32> {
    switch suffix(of: path) {
    case "ivecs": return try TexmexFile<Int32>.read(try FileReader(path: path))
    case "ibin": return try BigANNFile<Int32>.read(try FileReader(path: path))
    default: throw VectorFileError(path: path, "a ground truth is an .ivecs or .ibin file")
    }
  }

  private static func suffix(of path: String) -> String {
    URL(fileURLWithPath: path).pathExtension
  }
}
