// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A vector as the database holds it: Float32 numbers, little-endian, one after the other.
enum VectorBlob {
  static func data(_ vector: [Float]) -> Data { vector.withUnsafeBytes { Data($0) } }

  /// Appends the vector in a value of the database.
  ///
  /// - Throws: ``VectorStoreError/Code/corrupt`` for a value of another length.
  static func append(_ bytes: UnsafeRawBufferPointer, dimension: Int, to vectors: inout [Float]) throws {
    guard bytes.count == dimension * 4 else {
      throw VectorStoreError(
        .corrupt, "a stored vector has \(bytes.count) bytes in place of \(dimension * 4); restore a backup")
    }
    for place in 0..<dimension {
      vectors.append(
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))))
    }
  }

  /// The vector in a value of the database.
  static func vector(_ bytes: UnsafeRawBufferPointer, dimension: Int) throws -> [Float] {
    var vector: [Float] = []
    vector.reserveCapacity(dimension)
    try append(bytes, dimension: dimension, to: &vector)
    return vector
  }
}
