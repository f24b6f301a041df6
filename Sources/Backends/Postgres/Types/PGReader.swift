// SPDX-License-Identifier: Apache-2.0

/// Reads numbers in network byte order from bytes that may be anything.
struct PGReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { position == bytes.count }
  var remaining: Int { bytes.count - position }

  /// Nil where the bytes end before.
  mutating func integer<T: FixedWidthInteger>() -> T? {
    let width = MemoryLayout<T>.size
    guard remaining >= width else { return nil }
    defer { position += width }
    return bytes.withUnsafeBytes { T(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: T.self)) }
  }

  /// The next bytes; nil where there are fewer.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, remaining >= count else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
