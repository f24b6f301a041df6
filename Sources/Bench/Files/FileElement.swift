// SPDX-License-Identifier: Apache-2.0

/// A value as vector files hold it: little-endian, without padding.
package protocol FileElement: Sendable {
  /// Reads a value.
  ///
  /// - Precondition: `offset + MemoryLayout<Self>.size` lies within `bytes`.
  static func load(from bytes: UnsafeRawBufferPointer, at offset: Int) -> Self

  /// Appends the value.
  func append(to bytes: inout [UInt8])
}

extension Float: FileElement {
  package static func load(from bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
    Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  package func append(to bytes: inout [UInt8]) {
    withUnsafeBytes(of: bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

extension Int32: FileElement {
  package static func load(from bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
    Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
  }

  package func append(to bytes: inout [UInt8]) {
    withUnsafeBytes(of: littleEndian) { bytes.append(contentsOf: $0) }
  }
}

extension UInt8: FileElement {
  package static func load(from bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt8 {
    bytes.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
  }

  package func append(to bytes: inout [UInt8]) {
    bytes.append(self)
  }
}
