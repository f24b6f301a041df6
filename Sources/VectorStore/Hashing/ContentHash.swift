// SPDX-License-Identifier: Apache-2.0

/// SHA-256 (FIPS 180-4), by which sync and caches tell texts apart.
///
/// ```swift
/// ContentHash.hex(of: "abc")  // ba7816bf…
/// ```
public struct ContentHash: Sendable {
  private var state = SHA256State()
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// Nothing hashed yet.
  public init() { rest.reserveCapacity(SHA256State.blockSize) }

  /// Hashes bytes after those before.
  ///
  /// - Complexity: O(n).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(SHA256State.blockSize - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<start])
      guard rest.count == SHA256State.blockSize else { return }
      rest.withUnsafeBytes { state.take(blocks: $0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = start + (bytes.count - start) / SHA256State.blockSize * SHA256State.blockSize
    state.take(blocks: UnsafeRawBufferPointer(rebasing: bytes[start..<whole]))
    rest.append(contentsOf: bytes[whole...])
  }

  /// Hashes the bytes of UTF-8 of a text after those before.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Hashes bytes after those before.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The 32 bytes of the hash of all that was given.
  public var bytes: [UInt8] {
    var last = rest + [0x80]
    let padding = (SHA256State.blockSize + 56 - last.count % SHA256State.blockSize) % SHA256State.blockSize
    last.append(contentsOf: repeatElement(0, count: padding))
    let bits = count &* 8
    for place in 0..<8 { last.append(UInt8(truncatingIfNeeded: bits >> UInt64(56 - place * 8))) }
    var state = state
    last.withUnsafeBytes { state.take(blocks: $0) }
    return state.bytes
  }

  /// The hash in 64 hexadecimal digits of lower case.
  public var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in bytes {
      for digit in [byte >> 4, byte & 15] { digits.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10) }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The hash of a text's bytes of UTF-8, in hexadecimal digits.
  public static func hex(of text: String) -> String {
    var hash = ContentHash()
    hash.update(text)
    return hash.hex
  }

  /// The hash of a document's metadata, in its canonical form, and text; the id does not count.
  ///
  /// - Throws: ``VectorStoreError/Code/encodingFailed`` for metadata that has no JSON form.
  public static func hex(of document: Document) throws -> String {
    var hash = ContentHash()
    hash.update(try JSONValue.object(document.metadata).serialized(sortingKeys: true))
    // The JSON ends by itself; the byte makes that plain.
    hash.update([0])
    hash.update(document.content)
    return hash.hex
  }
}
