// SPDX-License-Identifier: Apache-2.0

/// Character references: `&amp;`, `&#233;`, `&#xE9;`.
enum HTMLReferences {
  /// Text with its references resolved; what is none stays as it is.
  static func resolve(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "&")) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "&"), let (text, end) = reference(bytes, after: place + 1) {
        result.append(contentsOf: text.utf8)
        place = end
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return result
  }

  /// The longest name of a reference that is known.
  private static let longestName = 32

  private static func reference(_ bytes: [UInt8], after start: Int) -> (text: String, end: Int)? {
    var end = start
    while end < bytes.count, end - start < longestName, isNameByte(bytes[end]) || (end == start && bytes[end] == 0x23) {
      end += 1
    }
    guard end > start else { return nil }
    let hasSemicolon = end < bytes.count && bytes[end] == UInt8(ascii: ";")
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    let behind = hasSemicolon ? end + 1 : end
    if name.hasPrefix("#") { return number(name.dropFirst()).map { (String(Character($0)), behind) } }
    // Without its semicolon a name is a reference only in old pages, and in URLs it is none.
    return hasSemicolon ? HTMLEntities.named[name].map { (String(Character($0)), behind) } : nil
  }

  private static func number(_ digits: Substring) -> Unicode.Scalar? {
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let value = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10), value > 0 else { return nil }
    // Pages mean Windows-1252 by 128…159.
    if (0x80...0x9F).contains(value) { return Windows1252.scalar(UInt8(value)) }
    return Unicode.Scalar(value)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
  }
}
