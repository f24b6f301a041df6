// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Walks over JSON without making values of it.
struct ByteScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The byte at the position; nil at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// That the text is no JSON here.
  var fault: AnswerFault { .noJSON(offset: position) }

  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// Goes through the members of an object; `body` takes each value.
  mutating func members(_ body: (inout ByteScanner, String) throws -> Void) throws {
    try list(from: UInt8(ascii: "{"), to: UInt8(ascii: "}")) { scanner in
      let key = String(decoding: try scanner.text(), as: UTF8.self)
      scanner.skipSpace()
      try scanner.take(UInt8(ascii: ":"))
      scanner.skipSpace()
      try body(&scanner, key)
    }
  }

  /// Goes through the elements of an array; `body` takes each value.
  mutating func elements(_ body: (inout ByteScanner) throws -> Void) throws {
    try list(from: UInt8(ascii: "["), to: UInt8(ascii: "]"), body)
  }

  private mutating func list(
    from open: UInt8, to close: UInt8, _ body: (inout ByteScanner) throws -> Void
  ) throws {
    try take(open)
    skipSpace()
    if peek == close {
      position += 1
      return
    }
    while true {
      skipSpace()
      try body(&self)
      skipSpace()
      if peek == close {
        position += 1
        return
      }
      try take(UInt8(ascii: ","))
    }
  }

  private mutating func take(_ byte: UInt8) throws {
    guard peek == byte else { throw fault }
    position += 1
  }

  /// Takes a value of any kind.
  mutating func value() throws -> JSONValue {
    let start = position
    try skipValue()
    guard let value = try? JSONValue(parsing: Array(bytes[start..<position])) else {
      position = start
      throw fault
    }
    return value
  }

  /// Goes past a value of any kind; brackets and strings are looked at, and no more.
  mutating func skipValue() throws {
    let start = position
    var depth = 0
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""): try skipText()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return try check(start) }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { return try check(start) }
        position += 1
      default: position += 1
      }
      if depth == 0, let last = bytes[start..<position].last, "\"}]".utf8.contains(last) { return }
    }
    guard depth == 0 else { throw fault }
    try check(start)
  }

  private func check(_ start: Int) throws {
    if position == start { throw fault }
  }

  private mutating func skipText() throws {
    position += 1
    while let byte = peek, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
    guard position < bytes.count else { throw AnswerFault.noJSON(offset: bytes.count) }
    position += 1
  }

  /// Takes a string; what it says, in UTF-8.
  mutating func text() throws -> ArraySlice<UInt8> {
    guard peek == UInt8(ascii: "\"") else { throw fault }
    let start = position
    try skipText()
    let inside = bytes[(start + 1)..<(position - 1)]
    guard inside.contains(UInt8(ascii: "\\")) else { return inside }
    guard let text = try? JSONValue(parsing: Array(bytes[start..<position])).stringValue else {
      position = start
      throw fault
    }
    return Array(text.utf8)[...]
  }

  /// Takes a number; a NaN for `null` and what JSON does not have (`NaN`, `Infinity`). Nil for another kind of value.
  mutating func number() throws -> Float? {
    let start = position
    var parser = DecimalParser()
    while let byte = peek, parser.take(byte) { position += 1 }
    if let number = parser.number { return number }
    let end = bytes[position...].firstIndex { [0x2C, 0x5D, 0x7D, 0x20, 0x0A, 0x0D, 0x09].contains($0) } ?? bytes.count
    let word = String(decoding: bytes[start..<end].prefix(400), as: UTF8.self)
    guard ["null", "NaN", "Infinity", "-Infinity"].contains(word) || parser.isLong else { return nil }
    position = end
    if !parser.isLong { return .nan }
    guard let number = Double(word) else { return nil }
    return Float(number)
  }
}
