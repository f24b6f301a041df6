// SPDX-License-Identifier: Apache-2.0

extension HTMLTokenizer {
  /// The attributes, and the place behind the tag's ">". Of equal names the first counts.
  mutating func attributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while place < bytes.count {
      let next = byte(place)
      if next == UInt8(ascii: ">") {
        place += 1
        break
      }
      if Self.isSpace(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "=") {
        place += 1
        continue
      }
      let start = place
      while place < bytes.count, !Self.isSpace(byte(place)), byte(place) != UInt8(ascii: ">"),
        byte(place) != UInt8(ascii: "/"), byte(place) != UInt8(ascii: "=")
      {
        place += 1
      }
      let name = String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
      let value = self.value()
      if attributes[name] == nil { attributes[name] = value }
    }
    return attributes
  }

  private mutating func value() -> String {
    let afterName = place
    while Self.isSpace(byte(place)) { place += 1 }
    guard byte(place) == UInt8(ascii: "=") else {
      place = afterName
      return ""
    }
    place += 1
    while Self.isSpace(byte(place)) { place += 1 }
    let quote = byte(place)
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { place += 1 }
    let start = min(place, bytes.count)
    while place < bytes.count,
      isQuoted ? byte(place) != quote : !Self.isSpace(byte(place)) && byte(place) != UInt8(ascii: ">")
    {
      place += 1
    }
    let value = HTMLReferences.resolve(Array(bytes[start..<min(place, bytes.count)]))
    if isQuoted, place < bytes.count { place += 1 }
    return String(decoding: value, as: UTF8.self)
  }
}
