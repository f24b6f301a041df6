// SPDX-License-Identifier: Apache-2.0

/// Fills a page with little-endian numbers and ends it with its hash.
struct ByteWriter {
  private var bytes: [UInt8]
  private var offset = 0

  init(count: Int) { bytes = [UInt8](repeating: 0, count: count) }

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { source in
      for byte in source where offset < bytes.count {
        bytes[offset] = byte
        offset += 1
      }
    }
  }

  mutating func finished() -> [UInt8] {
    offset = bytes.count - 8
    append(ByteReader.hash(bytes))
    return bytes
  }
}

/// Reads little-endian numbers from a page; zeros behind its end.
struct ByteReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) -> Value {
    var value: Value = 0
    for index in 0..<(Value.bitWidth / 8) where offset + index < bytes.count {
      value |= Value(bytes[offset + index]) << Value(8 * index)
    }
    offset += Value.bitWidth / 8
    return value
  }

  /// The hash of a page without its last 8 bytes.
  static func hash(_ page: [UInt8]) -> UInt64 {
    page.withUnsafeBytes { bytes in bytes.baseAddress.map { XXH64.hash($0, count: max(0, bytes.count - 8)) } ?? 0 }
  }

  /// The hash that stands at a page's end.
  static func storedHash(_ page: [UInt8]) -> UInt64 {
    var reader = ByteReader(Array(page.suffix(8)))
    return reader.next(UInt64.self)
  }
}
