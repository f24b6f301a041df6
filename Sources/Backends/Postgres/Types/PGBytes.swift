// SPDX-License-Identifier: Apache-2.0

/// Appending in network byte order, as all of PostgreSQL's binary forms are.
extension [UInt8] {
  package mutating func append(bigEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  /// A value with its length in front, as arrays and rows hold it; nil is NULL.
  package mutating func append(field bytes: [UInt8]?) {
    guard let bytes else { return append(bigEndian: Int32(-1)) }
    append(bigEndian: Int32(clamping: bytes.count))
    append(contentsOf: bytes)
  }

  /// The bytes of a number in network byte order.
  package static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    Swift.withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
  }
}
