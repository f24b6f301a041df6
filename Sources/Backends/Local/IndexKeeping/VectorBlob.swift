// SPDX-License-Identifier: Apache-2.0

import GRDB
import VectorStoreCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A vector as the database holds it: Float32 numbers, little-endian, one after the other.
enum VectorBlob {
  static func data(_ vector: [Float]) -> Data { vector.withUnsafeBytes { Data($0) } }

  /// Appends the vector of a row.
  ///
  /// - Throws: ``VectorStoreError/Code/corrupt`` for a value of another length.
  static func append(_ row: Row, column: Int, dimension: Int, to vectors: inout [Float]) throws {
    try row.withUnsafeData(atIndex: column) { data in
      guard let data, data.count == dimension * 4 else {
        throw VectorStoreError(
          .corrupt, "a stored vector has \(data?.count ?? 0) bytes in place of \(dimension * 4); restore a backup")
      }
      data.withUnsafeBytes { bytes in
        for place in 0..<dimension {
          vectors.append(
            Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))))
        }
      }
    }
  }

  /// The vector of a row.
  static func vector(_ row: Row, column: Int, dimension: Int) throws -> [Float] {
    var vector: [Float] = []
    vector.reserveCapacity(dimension)
    try append(row, column: column, dimension: dimension, to: &vector)
    return vector
  }
}
