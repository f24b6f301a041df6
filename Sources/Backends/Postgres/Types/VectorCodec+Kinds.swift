// SPDX-License-Identifier: Apache-2.0

package import HNSW

extension VectorCodec {
  /// The binary form of a `halfvec`, of at most 16,000 numbers.
  package static func encode(_ vector: HalfVector) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteEstimate(vector.count, .halfvec))
    appendHeader(dimension: vector.count, to: &bytes)
    for half in vector.bitPatterns { bytes.append(bigEndian: half) }
    return bytes
  }

  /// The binary form of a `sparsevec`.
  package static func encode(_ vector: SparseVector) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(12 + 8 * vector.values.count)
    for number in [vector.dimension, vector.values.count, 0] { bytes.append(bigEndian: Int32(clamping: number)) }
    for index in vector.indices { bytes.append(bigEndian: index) }
    for value in vector.values { bytes.append(bigEndian: value.bitPattern) }
    return bytes
  }

  /// The binary form of a `bit`, whose first bit is the highest of the first byte.
  package static func encode(_ vector: BitVector) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteEstimate(vector.count, .bit))
    bytes.append(bigEndian: Int32(clamping: vector.count))
    for byte in 0..<(vector.count + 7) / 8 {
      let lowestFirst = UInt8(truncatingIfNeeded: vector.words[byte / 8] >> UInt64(byte % 8 * 8))
      bytes.append((0..<8).reduce(0) { $0 << 1 | lowestFirst >> $1 & 1 })
    }
    return bytes
  }
}
