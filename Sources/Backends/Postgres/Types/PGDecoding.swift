// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Values of results in binary form; nil for bytes that are none of the type.
package enum PGDecoding {
  package static func text(_ bytes: some Sequence<UInt8>) -> String? { String(validating: bytes, as: UTF8.self) }
  package static func int4(_ bytes: some Collection<UInt8>) -> Int32? { integer(bytes) }
  package static func int8(_ bytes: some Collection<UInt8>) -> Int64? { integer(bytes) }
  package static func float4(_ bytes: some Collection<UInt8>) -> Float? { integer(bytes).map(Float.init(bitPattern:)) }
  package static func float8(_ bytes: some Collection<UInt8>) -> Double? {
    integer(bytes).map(Double.init(bitPattern:))
  }
  package static func bool(_ bytes: some Collection<UInt8>) -> Bool? {
    bytes.count == 1 ? bytes.first.map { $0 != 0 } : nil
  }
  package static func uuid(_ bytes: some Collection<UInt8>) -> PGUUID? { PGUUID(bytes: bytes) }

  /// The JSON text of a jsonb.
  package static func jsonb(_ bytes: some Collection<UInt8>) -> String? {
    bytes.first == 1 ? text(bytes.dropFirst()) : nil
  }

  /// The elements of a one-dimensional array.
  package static func array(_ bytes: some Collection<UInt8>) -> [[UInt8]?]? {
    var reader = PGReader(bytes)
    guard let dimensions: Int32 = reader.integer(), let _: Int32 = reader.integer(), let _: UInt32 = reader.integer()
    else { return nil }
    if dimensions == 0 { return reader.isAtEnd ? [] : nil }
    guard dimensions == 1, let count: Int32 = reader.integer(), let _: Int32 = reader.integer(), count >= 0 else {
      return nil
    }
    var elements: [[UInt8]?] = []
    for _ in 0..<count {
      guard let length: Int32 = reader.integer() else { return nil }
      if length == -1 {
        elements.append(nil)
      } else if let element = reader.take(Int(length)) {
        elements.append(Array(element))
      } else {
        return nil
      }
    }
    return reader.isAtEnd ? elements : nil
  }

  private static func integer<T: FixedWidthInteger>(_ bytes: some Collection<UInt8>) -> T? {
    var reader = PGReader(bytes)
    guard let value: T = reader.integer(), reader.isAtEnd else { return nil }
    return value
  }
}
