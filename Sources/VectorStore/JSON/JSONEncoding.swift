// SPDX-License-Identifier: Apache-2.0

// Foundation's essentials are needed for `Date`, `Data` and `URL` in a user's types, whose own coding is not that of
// JSON.
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An `Encoder` that makes a ``JSONValue``. Containers may be filled after the call that made them, so that what they
/// make lies in boxes.
struct JSONEncoding: Encoder, SingleValueEncodingContainer {
  /// Where a value is put together. Never leaves the call of ``JSONValue/init(encoding:)``.
  final class Box {
    var value: JSONValue?
    var members: [(key: String, box: Box)]?
    var elements: [Box]?

    /// Nil where nothing was encoded.
    var finished: JSONValue? {
      if let members { return .object(JSONObject(members.map { (key: $0.key, value: $0.box.finished ?? [:]) })) }
      if let elements { return .array(elements.map { $0.finished ?? [:] }) }
      return value
    }
  }

  let result: Box
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func wrap<T: Encodable>(_ value: T, codingPath: [any CodingKey]) throws -> JSONValue {
    let encoding = JSONEncoding(result: Box(), codingPath: codingPath)
    try encoding.put(value)
    return encoding.result.finished ?? [:]
  }

  /// Types whose own coding is not JSON's come first.
  func put<T: Encodable>(_ value: T) throws {
    if let date = value as? Date {
      result.value = .string(Timestamp(date).description)
    } else if let url = value as? URL {
      result.value = .string(url.absoluteString)
    } else if let data = value as? Data {
      result.value = .string(data.base64EncodedString())
    } else {
      try value.encode(to: self)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if result.members == nil { result.members = [] }
    return KeyedEncodingContainer(JSONKeyedEncoding(box: result, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if result.elements == nil { result.elements = [] }
    return JSONListEncoding(box: result, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { result.value = .null }
  func encode(_ value: Bool) throws { result.value = .bool(value) }
  func encode(_ value: String) throws { result.value = .string(value) }

  func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: codingPath, debugDescription: "JSON has no \(value)"))
    }
    result.value = .double(value)
  }

  /// By its own shortest decimal: Float 0.1 is 0.1, not 0.10000000149011612.
  func encode(_ value: Float) throws {
    guard value.isFinite, let double = Double(value.description) else { return try encode(Double(value)) }
    result.value = .double(double)
  }

  func encode(_ value: Int) throws { put(integer: value) }
  func encode(_ value: Int8) throws { put(integer: value) }
  func encode(_ value: Int16) throws { put(integer: value) }
  func encode(_ value: Int32) throws { put(integer: value) }
  func encode(_ value: Int64) throws { put(integer: value) }
  func encode(_ value: UInt) throws { put(integer: value) }
  func encode(_ value: UInt8) throws { put(integer: value) }
  func encode(_ value: UInt16) throws { put(integer: value) }
  func encode(_ value: UInt32) throws { put(integer: value) }
  func encode(_ value: UInt64) throws { put(integer: value) }
  func encode<T: Encodable>(_ value: T) throws { try put(value) }

  private func put(integer value: some FixedWidthInteger) {
    result.value = Int64(exactly: value).map { .integer($0) } ?? .number(JSONNumber(checked: String(value)))
  }
}

/// The members of an object.
private struct JSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: JSONEncoding.Box
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws { member(key).result.value = .null }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try member(key).put(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested>
  {
    member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { member(JSONCodingKey(stringValue: "super")) }
  func superEncoder(forKey key: Key) -> any Encoder { member(key) }

  private func member(_ key: some CodingKey) -> JSONEncoding {
    let encoding = JSONEncoding(result: JSONEncoding.Box(), codingPath: codingPath + [key])
    box.members?.append((key.stringValue, encoding.result))
    return encoding
  }
}

/// The elements of an array.
private struct JSONListEncoding: UnkeyedEncodingContainer {
  let box: JSONEncoding.Box
  let codingPath: [any CodingKey]

  var count: Int { box.elements?.count ?? 0 }

  func encodeNil() throws { element().result.value = .null }
  func encode<T: Encodable>(_ value: T) throws { try element().put(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
  func superEncoder() -> any Encoder { element() }

  private func element() -> JSONEncoding {
    let encoding = JSONEncoding(result: JSONEncoding.Box(), codingPath: codingPath + [JSONCodingKey(intValue: count)])
    box.elements?.append(encoding.result)
    return encoding
  }
}
