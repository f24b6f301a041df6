// SPDX-License-Identifier: Apache-2.0

/// The bytes of vector files, made by hand, so that the readers are not judged by a writer of their own.
enum FileBytes {
  static func int32(_ value: Int32) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  static func float(_ value: Float) -> [UInt8] {
    withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  static func fvecs(_ rows: [[Float]]) -> [UInt8] {
    rows.flatMap { int32(Int32($0.count)) + $0.flatMap(float) }
  }

  static func ivecs(_ rows: [[Int32]]) -> [UInt8] {
    rows.flatMap { int32(Int32($0.count)) + $0.flatMap(int32) }
  }

  static func bvecs(_ rows: [[UInt8]]) -> [UInt8] {
    rows.flatMap { int32(Int32($0.count)) + $0 }
  }

  static func fbin(count: Int32, dimension: Int32, _ values: [Float]) -> [UInt8] {
    int32(count) + int32(dimension) + values.flatMap(float)
  }

  /// Version 1 or 2, padded as NumPy pads it.
  static func npy(_ dictionary: String, version: UInt8 = 1, _ values: [Float]) -> [UInt8] {
    let prefix = 8 + (version == 1 ? 2 : 4)
    let padding = 64 - (prefix + dictionary.utf8.count + 1) % 64
    let header = Array(dictionary.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    let length = int32(Int32(header.count)).prefix(version == 1 ? 2 : 4)
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + header + values.flatMap(float)
  }
}
