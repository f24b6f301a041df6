// SPDX-License-Identifier: Apache-2.0

/// The 16 bytes of a UUID.
package struct PGUUID: Sendable, Hashable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// Nil unless there are 16 bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  /// From its 36 characters with hyphens, in upper or lower case; nil for other text.
  package init?(_ text: String) {
    let characters = Array(text.utf8)
    guard characters.count == 36 else { return nil }
    var bytes: [UInt8] = []
    var place = 0
    while place < characters.count {
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard characters[place] == UInt8(ascii: "-") else { return nil }
        place += 1
        continue
      }
      guard let high = Self.digit(characters[place]), let low = Self.digit(characters[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
      place += 2
    }
    self.bytes = bytes
  }

  /// From the text that ``description`` gives, and no other.
  package init?(canonical text: String) {
    guard let value = PGUUID(text), value.description.utf8.elementsEqual(text.utf8) else { return nil }
    self = value
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The canonical form, as PostgreSQL writes it: lower case, with hyphens.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
