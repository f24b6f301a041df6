// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

extension VectorCodec {
  /// The vector of a binary form; nil for bytes that are none.
  package static func decode(_ bytes: some Collection<UInt8>, as type: VectorColumnType) -> [Float]? {
    var reader = PGReader(bytes)
    let vector: [Float]? =
      switch type {
      case .vector:
        decodeDense(&reader, width: 4) { Float(bitPattern: UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self))) }
      case .halfvec:
        decodeDense(&reader, width: 2) { HalfFloat.float(UInt16(bigEndian: $0.loadUnaligned(as: UInt16.self))) }
      case .sparsevec: decodeSparse(&reader)
      case .bit: decodeBits(&reader)
      }
    return reader.isAtEnd ? vector : nil
  }

  private static func decodeDense(
    _ reader: inout PGReader, width: Int, _ number: (UnsafeRawBufferPointer) -> Float
  ) -> [Float]? {
    guard let dimension: Int16 = reader.integer(), let _: Int16 = reader.integer(), dimension >= 0,
      let block = reader.take(Int(dimension) * width)
    else { return nil }
    return block.withUnsafeBytes { block in
      (0..<Int(dimension)).map { number(UnsafeRawBufferPointer(rebasing: block[$0 * width..<($0 + 1) * width])) }
    }
  }

  private static func decodeSparse(_ reader: inout PGReader) -> [Float]? {
    guard let dimension: Int32 = reader.integer(), let count: Int32 = reader.integer(), let _: Int32 = reader.integer(),
      dimension >= 0, count >= 0, count <= dimension, reader.remaining == 8 * Int(count),
      dimension <= VectorColumnType.sparsevec.dimensionLimit
    else { return nil }
    let places = (0..<count).compactMap { _ in reader.integer() as Int32? }
    guard places.allSatisfy({ $0 >= 0 && $0 < dimension }) else { return nil }
    var vector = [Float](repeating: 0, count: Int(dimension))
    for place in places {
      guard let bits: UInt32 = reader.integer() else { return nil }
      vector[Int(place)] = Float(bitPattern: bits)
    }
    return vector
  }

  private static func decodeBits(_ reader: inout PGReader) -> [Float]? {
    guard let count: Int32 = reader.integer(), count >= 0, let block = reader.take((Int(count) + 7) / 8) else {
      return nil
    }
    return (0..<Int(count)).map { block[block.startIndex + $0 / 8] & 0x80 >> UInt8($0 % 8) == 0 ? 0 : 1 }
  }
}
