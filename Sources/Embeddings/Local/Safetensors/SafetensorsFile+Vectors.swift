// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension SafetensorsFile {
  /// The elements of a vector of integers, each at least 0 and below `limit`.
  func indices(_ name: String, below limit: Int) throws -> [Int32] {
    let vector = try raw(name, kinds: ["I64", "I32"])
    var result: [Int32] = []
    result.reserveCapacity(vector.count)
    defer { withExtendedLifetime(self) {} }
    for index in 0..<vector.count {
      let value =
        vector.size == 8
        ? Int64(littleEndian: vector.bytes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
        : Int64(Int32(littleEndian: vector.bytes.loadUnaligned(fromByteOffset: index * 4, as: Int32.self)))
      guard value >= 0, value < Int64(limit), let row = Int32(exactly: value) else {
        throw ModelError.corrupt(
          fileName, "tensor \"\(name)\" holds \(value); expected rows from 0 to \(limit - 1)", tensor: name)
      }
      result.append(row)
    }
    return result
  }

  /// The numbers of a vector, which may be in double precision.
  func numbers(_ name: String, count: Int) throws -> [Float] {
    guard let vector = try? raw(name, kinds: ["F64"]) else { return try tensor(name, shape: [count]).numbers }
    defer { withExtendedLifetime(self) {} }
    return (0..<vector.count).map { index in
      let bits = UInt64(littleEndian: vector.bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      return Float(Double(bitPattern: bits))
    }
  }
}
