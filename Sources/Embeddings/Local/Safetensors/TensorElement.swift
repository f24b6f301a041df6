// SPDX-License-Identifier: Apache-2.0

/// The kinds of numbers that weights are stored as; all become Float32.
enum TensorElement: String {
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"

  /// Bytes of one number.
  var size: Int { self == .float32 ? 4 : 2 }

  /// Bytes of one number of any kind that the format knows, those that models have beside weights included; nil for a
  /// kind unknown.
  static func size(named name: String) -> Int? {
    switch name {
    case "F64", "I64", "U64": 8
    case "F32", "I32", "U32": 4
    case "F16", "BF16", "I16", "U16": 2
    case "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2": 1
    default: nil
    }
  }

  /// The number at byte `offset` from `base`, little-endian at any address.
  @inline(__always)
  func number(_ base: UnsafeRawPointer, _ offset: Int) -> Float {
    switch self {
    case .float32: Float(bitPattern: UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    case .bfloat16:
      Float(bitPattern: UInt32(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))) << 16)
    case .float16: Self.half(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }
  }

  /// A binary16 number (IEEE 754). In integers, since `Float16` is not on all platforms.
  @inline(__always)
  private static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7FFF) << 13
    // Infinities and NaNs keep the largest exponent; all else, subnormal numbers included, is moved up by 2¹¹².
    let special = bits & 0x7C00 == 0x7C00
    let value = special ? Float(bitPattern: magnitude | 0x7F80_0000) : Float(bitPattern: magnitude) * 0x1p112
    return Float(bitPattern: value.bitPattern | sign)
  }
}
