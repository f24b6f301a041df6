// SPDX-License-Identifier: Apache-2.0

/// What the ids of a collection look like; a table of PostgreSQL may have a column of UUIDs or of numbers for them.
public enum IDForm: Sendable, Hashable {
  /// Any text.
  case text
  /// A UUID in lower case.
  case uuid
  /// A 64-bit integer.
  case integer

  /// A new id for a document that has none: a random UUID (RFC 9562, version 4), or a random positive number.
  package func random(using random: inout some RandomNumberGenerator) -> String {
    let (high, low) = (random.next() as UInt64, random.next() as UInt64)
    return self == .integer ? Self.number(high) : Self.uuid(high, low, version: 4)
  }

  /// The id of the document at a place of a source, the same each time: `source#place`, or, where ids are no texts, a UUID
  /// (RFC 9562, version 8) or a positive number of that text's SHA-256.
  package func derived(source: String, place: Int) -> String {
    let name = "\(source)#\(place)"
    guard self != .text else { return name }
    var hash = ContentHash()
    hash.update(name)
    let bytes = hash.bytes
    func word(_ first: Int) -> UInt64 { bytes[first..<first + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    return self == .integer ? Self.number(word(0)) : Self.uuid(word(0), word(8), version: 8)
  }

  private static func number(_ bits: UInt64) -> String { String(max(1, bits >> 1)) }

  private static func uuid(_ high: UInt64, _ low: UInt64, version: UInt64) -> String {
    let high = high & ~0xF000 | version << 12
    let low = low & ~(0b11 << 62) | 0b10 << 62
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for place in 0..<32 {
      if place == 8 || place == 12 || place == 16 || place == 20 { bytes.append(UInt8(ascii: "-")) }
      let half = place < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
      bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
