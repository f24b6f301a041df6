// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The binary forms of pgvector's types (`vector_recv`, `halfvec_recv`, `sparsevec_recv`, `bit_recv`).
package enum VectorCodec {
  /// Appends the binary form of a vector.
  ///
  /// - Parameter row: the row that an error names.
  /// - Throws: ``VectorStoreError/Code/invalidRow`` for what the type does not take: too many dimensions or none, a NaN or an
  ///   infinity, a number beyond a half's range, a bit that is neither 0 nor 1.
  package static func append(
    _ vector: [Float], as type: VectorColumnType, to bytes: inout [UInt8], row: Int? = nil
  ) throws {
    guard !vector.isEmpty, vector.count <= type.dimensionLimit else {
      throw fault(
        "a \(type.rawValue) has 1 to \(type.dimensionLimit) dimensions, but there are \(vector.count)", row)
    }
    // Masks and comparisons of all, which the compiler does by vectors.
    let isFinite = vector.reduce(into: true) { $0 = $0 && $1.bitPattern & 0x7F80_0000 != 0x7F80_0000 }
    guard isFinite else { throw fault("a vector must not hold a NaN or an infinity", row) }
    switch type {
    case .vector:
      appendHeader(dimension: vector.count, to: &bytes)
      appendFloats(vector, to: &bytes)
    case .halfvec:
      appendHeader(dimension: vector.count, to: &bytes)
      try appendHalves(vector, to: &bytes, row: row)
    case .sparsevec: try appendSparse(vector, to: &bytes, row: row)
    case .bit: try appendBits(vector, to: &bytes, row: row)
    }
  }

  /// The binary form of a vector. See ``append(_:as:to:row:)``.
  package static func encode(_ vector: [Float], as type: VectorColumnType, row: Int? = nil) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteEstimate(vector.count, type))
    try append(vector, as: type, to: &bytes, row: row)
    return bytes
  }

  /// How many bytes a vector takes, for reserving; a sparse one takes fewer or more.
  static func byteEstimate(_ dimension: Int, _ type: VectorColumnType) -> Int {
    switch type {
    case .vector, .sparsevec: 4 * dimension + 16
    case .halfvec: 2 * dimension + 4
    case .bit: dimension / 8 + 5
    }
  }

  static func fault(_ message: String, _ row: Int?) -> VectorStoreError {
    guard let row else { return VectorStoreError(.invalidRow, message) }
    return VectorStoreError(.invalidRow, "row \(row): \(message)", context: [.row: String(row)])
  }

  static func appendHeader(dimension: Int, to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int16(clamping: dimension))
    bytes.append(bigEndian: Int16(0))
  }

  private static func appendFloats(_ vector: [Float], to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: vector.count) { block in
      for place in vector.indices { block.initializeElement(at: place, to: vector[place].bitPattern.bigEndian) }
      bytes.append(contentsOf: UnsafeRawBufferPointer(block))
    }
  }

  private static func appendHalves(_ vector: [Float], to bytes: inout [UInt8], row: Int?) throws {
    try appendBlock(2 * vector.count, to: &bytes) { block in
      for place in vector.indices {
        guard let half = HalfFloat.bits(vector[place]) else {
          throw fault("\(vector[place]) is beyond the range of a halfvec, ±65504", row)
        }
        block.storeBytes(of: half.bigEndian, toByteOffset: 2 * place, as: UInt16.self)
      }
    }
  }

  private static func appendSparse(_ vector: [Float], to bytes: inout [UInt8], row: Int?) throws {
    let places = vector.indices.filter { vector[$0] != 0 }
    if let limit = VectorColumnType.sparsevec.nonZeroLimit, places.count > limit {
      throw fault("a sparsevec has at most \(limit) numbers other than 0, but there are \(places.count)", row)
    }
    for number in [vector.count, places.count, 0] + places { bytes.append(bigEndian: Int32(clamping: number)) }
    for place in places { bytes.append(bigEndian: vector[place].bitPattern) }
  }

  private static func appendBits(_ vector: [Float], to bytes: inout [UInt8], row: Int?) throws {
    guard let wrong = vector.first(where: { $0 != 0 && $0 != 1 }) else {
      bytes.append(bigEndian: Int32(clamping: vector.count))
      return appendBlock((vector.count + 7) / 8, to: &bytes) { block in
        for place in vector.indices where vector[place] == 1 { block[place / 8] |= 0x80 >> UInt8(place % 8) }
      }
    }
    throw fault("a bit is 0 or 1, not \(wrong)", row)
  }

  /// Room of this many bytes, zero at first.
  private static func appendBlock(
    _ count: Int, to bytes: inout [UInt8], _ fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) rethrows {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    try bytes.withUnsafeMutableBytes { try fill(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
  }
}
