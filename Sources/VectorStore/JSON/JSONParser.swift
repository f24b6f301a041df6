// SPDX-License-Identifier: Apache-2.0

/// A strict parser of JSON (RFC 8259): no comments, no trailing commas, no byte-order mark, no bytes that are not
/// UTF-8, no lone surrogates.
struct JSONParser {
  private let bytes: [UInt8]
  private let options: JSONValue.ParsingOptions
  private var position = 0

  init(_ bytes: [UInt8], options: JSONValue.ParsingOptions) {
    self.bytes = bytes
    self.options = options
  }

  mutating func parse() throws -> JSONValue {
    skipSpace()
    let value = try parseValue(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw fault("nothing may follow the value, but there is \(found)") }
    return value
  }

  private mutating func parseValue(depth: Int) throws -> JSONValue {
    guard position < bytes.count else { throw fault("a value was expected, but the text ends") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try parseObject(depth: depth)
    case UInt8(ascii: "["): return try parseArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    default: throw fault("a value was expected, but there is \(found)")
    }
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    let text = Array(word.description.utf8)
    guard bytes[position...].starts(with: text) else { throw fault("a value was expected, but there is \(found)") }
    position += text.count
    return value
  }

  private mutating func parseNumber() throws -> JSONValue {
    if let number = shortNumber() { return number }
    var scanner = NumberScanner(bytes: bytes, position: position)
    switch scanner.scan() {
    case .success(let value):
      position = scanner.position
      return value
    case .failure(let failure): throw fault(failure.message, at: failure.offset)
    }
  }

  /// A positive number of at most 15 digits without exponent, as most are; nil, without having moved, for another.
  ///
  /// So few digits and the power of ten are exact in a Double, so that their quotient is the nearest Double to the decimal
  /// (Clinger, "How to Read Floating Point Numbers Accurately", 1990), and 15 digits survive the way back.
  private mutating func shortNumber() -> JSONValue? {
    var end = position
    var number: Int64 = 0
    var point: Int?
    while end < bytes.count, end - position <= 15 {
      let byte = bytes[end]
      if byte == UInt8(ascii: "."), point == nil, end > position {
        point = end
      } else if case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
        number = number &* 10 &+ Int64(digit)
      } else {
        break
      }
      end += 1
    }
    if end < bytes.count, bytes[end] != UInt8(ascii: ","), bytes[end] != UInt8(ascii: "}") { return nil }
    let whole = (point ?? end) - position
    guard whole == 1 || (whole > 1 && bytes[position] != UInt8(ascii: "0")) else { return nil }
    guard let point else {
      position = end
      return .integer(number)
    }
    let decimals = end - point - 1
    guard decimals > 0 else { return nil }
    position = end
    return .double(Double(number) / Self.powersOfTen[decimals])
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private mutating func parseArray(depth: Int) throws -> JSONValue {
    try enter(depth)
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      skipSpace()
      elements.append(try parseValue(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw fault("',' or ']' was expected in the array, but there is \(found)") }
    }
  }

  private mutating func parseObject(depth: Int) throws -> JSONValue {
    try enter(depth)
    var object = JSONObject()
    skipSpace()
    if take("}") { return .object(object) }
    while true {
      skipSpace()
      let start = position
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw fault("a key in quotes was expected, but there is \(found)")
      }
      let key = try parseString()
      skipSpace()
      guard take(":") else { throw fault("':' was expected after the key, but there is \(found)") }
      skipSpace()
      if options.duplicateKeys == .reject, object[key] != nil {
        throw fault("the key \"\(key)\" is there twice", at: start)
      }
      object[key] = try parseValue(depth: depth + 1)
      skipSpace()
      if take("}") { return .object(object) }
      guard take(",") else { throw fault("',' or '}' was expected in the object, but there is \(found)") }
    }
  }

  /// Goes past an opening bracket.
  private mutating func enter(_ depth: Int) throws {
    guard depth < options.depthLimit else {
      throw fault("the text is nested more than \(options.depthLimit) levels deep")
    }
    position += 1
  }

  private mutating func parseString() throws -> String {
    let start = position
    position += 1
    if let plain = plainString() { return plain }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("the string is not valid UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): try parseEscape(into: &text)
      case 0..<0x20: throw fault("a control character in a string must be escaped")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw fault("the string does not end", at: start)
  }

  /// The rest of a string of printable ASCII without escapes, as most are; nil, without having moved, for another.
  private mutating func plainString() -> String? {
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      guard (0x20..<0x80).contains(bytes[end]), bytes[end] != UInt8(ascii: "\\") else { return nil }
      end += 1
    }
    guard end < bytes.count else { return nil }
    defer { position = end + 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws {
    let start = position
    position += 1
    guard position < bytes.count else { throw fault("the escape does not end", at: start) }
    let kind = bytes[position]
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try parseHex(start)
      if (0xD800..<0xDC00).contains(code) {
        guard take("\\"), take("u") else { throw fault("the first half of a surrogate pair stands alone", at: start) }
        let second = try parseHex(start)
        guard (0xDC00..<0xE000).contains(second) else {
          throw fault("the first half of a surrogate pair is not followed by a second", at: start)
        }
        code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw fault("the second half of a surrogate pair stands alone", at: start)
      }
      text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    default: throw fault("there is no such escape", at: start)
    }
  }

  private mutating func parseHex(_ start: Int) throws -> UInt32 {
    guard bytes.count - position >= 4 else { throw fault("\\u needs four hexadecimal digits", at: start) }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: throw fault("\\u needs four hexadecimal digits", at: start)
      }
    }
    position += 4
    return code
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// What stands at the position, for a message.
  private var found: String {
    guard position < bytes.count else { return "the end of the text" }
    let byte = bytes[position]
    return (0x21..<0x7F).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "the byte \(byte)"
  }

  private func fault(_ message: String, at offset: Int? = nil) -> VectorStoreError {
    let offset = min(offset ?? position, bytes.count)
    let before = bytes[..<offset]
    let line = before.count { $0 == 0x0A } + 1
    let column = offset - (before.lastIndex(of: 0x0A) ?? -1)
    return VectorStoreError(
      .invalidJSON, "\(message) (line \(line), column \(column))",
      context: [.offset: String(offset), .line: String(line), .column: String(column)])
  }
}
