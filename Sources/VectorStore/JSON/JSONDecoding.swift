// SPDX-License-Identifier: Apache-2.0

// Foundation's essentials are needed for `Date`, `Data` and `URL` in a user's types, whose own coding is not that of
// JSON.
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A `Decoder` over a ``JSONValue``.
struct JSONDecoding: Decoder, SingleValueDecodingContainer {
  let value: JSONValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw mismatch([String: Any].self, "an object") }
    return KeyedDecodingContainer(JSONKeyedDecoding(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch([Any].self, "an array") }
    return JSONListDecoding(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let value) = value else { throw mismatch(type, "a boolean") }
    return value
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let value) = value else { throw mismatch(type, "a string") }
    return value
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .double(let value): return value
    case .integer(let integer):
      guard let value = Double(exactly: integer) else { throw mismatch(type, "a number that a Double holds exactly") }
      return value
    case .number(let number):
      guard let value = Double(number.literal), value.isFinite else {
        throw mismatch(type, "a number that a Double holds")
      }
      return value
    default: throw mismatch(type, "a number")
    }
  }

  func decode(_ type: Float.Type) throws -> Float {
    let double = try decode(Double.self)
    let value = Float(double)
    guard value.isFinite || !double.isFinite else { throw mismatch(type, "a number that a Float holds") }
    return value
  }

  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try unwrap(type) }

  /// Types whose own coding is not JSON's come first.
  func unwrap<T: Decodable>(_ type: T.Type) throws -> T {
    if type == Date.self {
      guard let moment = Timestamp(iso8601: try decode(String.self)) else { throw mismatch(type, "a date in ISO 8601") }
      if let date = Date(moment) as? T { return date }
    } else if type == URL.self {
      if let url = URL(string: try decode(String.self)) as? T { return url }
      throw mismatch(type, "a URL")
    } else if type == Data.self {
      if let data = Data(base64Encoded: try decode(String.self)) as? T { return data }
      throw mismatch(type, "Base64 text")
    }
    return try T(from: self)
  }

  private func integer<T: FixedWidthInteger>() throws -> T {
    switch value {
    case .integer(let integer):
      if let value = T(exactly: integer) { return value }
    case .number(let number):
      if let value = T(number.literal) { return value }
    default: throw mismatch(T.self, "an integer")
    }
    throw mismatch(T.self, "an integer within the range of \(T.self)")
  }

  private func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "\(expected) was expected, but there is \(value.kindDescription)")
    return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }
}

/// The members of an object.
private struct JSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let codingPath: [any CodingKey]

  var allKeys: [Key] { object.keys.compactMap(Key.init(stringValue:)) }
  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key).value.isNull }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try member(key).unwrap(type) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
    Nested
  > {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder {
    JSONDecoding(value: object["super"] ?? .null, codingPath: codingPath + [JSONCodingKey(stringValue: "super")])
  }
  func superDecoder(forKey key: Key) throws -> any Decoder {
    JSONDecoding(value: object[key.stringValue] ?? .null, codingPath: codingPath + [key])
  }

  private func member(_ key: Key) throws -> JSONDecoding {
    guard let value = object[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "the member \"\(key.stringValue)\" is missing"))
    }
    return JSONDecoding(value: value, codingPath: codingPath + [key])
  }
}

/// The elements of an array.
private struct JSONListDecoding: UnkeyedDecodingContainer {
  let elements: [JSONValue]
  let codingPath: [any CodingKey]
  var currentIndex = 0

  init(elements: [JSONValue], codingPath: [any CodingKey]) { (self.elements, self.codingPath) = (elements, codingPath) }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try element().value.isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try advance { try $0.unwrap(type) } }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    try advance { try $0.container(keyedBy: type) }
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try advance { try $0.unkeyedContainer() }
  }
  mutating func superDecoder() throws -> any Decoder { try advance { $0 } }

  private mutating func advance<T>(_ body: (JSONDecoding) throws -> T) throws -> T {
    let result = try body(try element())
    currentIndex += 1
    return result
  }

  private func element() throws -> JSONDecoding {
    let path = codingPath + [JSONCodingKey(intValue: currentIndex)]
    guard currentIndex < elements.count else {
      throw DecodingError.valueNotFound(
        Any.self, .init(codingPath: path, debugDescription: "the array has no more elements"))
    }
    return JSONDecoding(value: elements[currentIndex], codingPath: path)
  }
}
