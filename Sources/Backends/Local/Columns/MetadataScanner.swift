// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Reads some members of a JSON object out of its text, and passes over the rest: several times as fast as making a value of
/// all of it.
struct MetadataScanner: Sendable {
  /// The keys of the members, as bytes.
  private let keys: [[UInt8]]
  private let names: [String]

  init(keys: [String]) {
    names = keys
    self.keys = keys.map { Array($0.utf8) }
  }

  /// The object with those of the wanted members that it has.
  func members(of text: UnsafeRawBufferPointer) throws -> JSONObject {
    var reader = Reader(text: text)
    if let found = reader.members(keys: keys, names: names) { return found }
    // Escapes in keys, or text that was not written here.
    guard case .object(let all) = try JSONValue(parsing: Array(text)) else { return [:] }
    var object = JSONObject()
    for name in names {
      if let value = all[name] { object[name] = value }
    }
    return object
  }

  private struct Reader {
    let text: UnsafeRawBufferPointer
    var position = 0

    var next: UInt8? { position < text.count ? text[position] : nil }

    /// Nil for what this reader does not know.
    mutating func members(keys: [[UInt8]], names: [String]) -> JSONObject? {
      guard next == UInt8(ascii: "{") else { return nil }
      position += 1
      var object = JSONObject()
      if next == UInt8(ascii: "}") { return object }
      while true {
        guard let key = string() else { return nil }
        guard next == UInt8(ascii: ":") else { return nil }
        position += 1
        let start = position
        guard skipValue() else { return nil }
        if let place = keys.firstIndex(where: { matches(key, $0) }) {
          guard let value = value(start..<position) else { return nil }
          object[names[place]] = value
        }
        switch next {
        case UInt8(ascii: ","): position += 1
        case UInt8(ascii: "}"): return object
        default: return nil
        }
      }
    }

    private func matches(_ range: Range<Int>, _ key: [UInt8]) -> Bool {
      guard range.count == key.count else { return false }
      for offset in 0..<key.count where text[range.lowerBound + offset] != key[offset] { return false }
      return true
    }

    /// The bytes of a string without escapes.
    private mutating func string() -> Range<Int>? {
      guard next == UInt8(ascii: "\"") else { return nil }
      let start = position + 1
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\"") {
        if text[end] == UInt8(ascii: "\\") { return nil }
        end += 1
      }
      guard end < text.count else { return nil }
      position = end + 1
      return start..<end
    }

    private mutating func skipString() -> Bool {
      position += 1
      while position < text.count {
        switch text[position] {
        case UInt8(ascii: "\\"): position += 2
        case UInt8(ascii: "\""):
          position += 1
          return true
        default: position += 1
        }
      }
      return false
    }

    /// To the comma or bracket after a value.
    private mutating func skipValue() -> Bool {
      var depth = 0
      while position < text.count {
        switch text[position] {
        case UInt8(ascii: "\""):
          guard skipString() else { return false }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          depth += 1
          position += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return true }
          depth -= 1
          position += 1
        case UInt8(ascii: ","):
          if depth == 0 { return true }
          position += 1
        default: position += 1
        }
      }
      return false
    }

    private func value(_ range: Range<Int>) -> JSONValue? {
      guard let first = range.first.map({ text[$0] }) else { return nil }
      if first == UInt8(ascii: "\"") {
        let inner = (range.lowerBound + 1)..<(range.upperBound - 1)
        guard inner.lowerBound <= inner.upperBound else { return nil }
        if !text[inner].contains(UInt8(ascii: "\\")) {
          return .string(String(decoding: UnsafeRawBufferPointer(rebasing: text[inner]), as: UTF8.self))
        }
      } else if range.count < 18, let integer = integer(range) {
        return .integer(integer)
      }
      return try? JSONValue(parsing: Array(text[range]))
    }

    private func integer(_ range: Range<Int>) -> Int64? {
      var number: Int64 = 0
      for place in range {
        guard case let digit = text[place] &- UInt8(ascii: "0"), digit < 10 else { return nil }
        number = number * 10 + Int64(digit)
      }
      // "01" is no JSON number.
      return range.count > 1 && text[range.lowerBound] == UInt8(ascii: "0") ? nil : number
    }
  }
}
