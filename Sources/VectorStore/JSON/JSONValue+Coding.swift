// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// A value of the user's own type, decoded from this JSON.
  ///
  /// A whole Double is no integer and an integer is read as a Double only where that loses nothing; a number does not
  /// become a Bool. `Date` is read from
  /// ISO 8601 text (``Timestamp``), `URL` from text, `Data` from Base64.
  ///
  /// - Throws: ``VectorStoreError/Code/decodingFailed`` with the path; errors that the type itself throws are passed
  ///   on.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    do {
      return try JSONDecoding(value: self, codingPath: []).unwrap(type)
    } catch let error as DecodingError {
      throw VectorStoreError(decoding: error)
    }
  }

  /// The JSON of a value of the user's own type; the inverse of ``decode(_:)``.
  ///
  /// Members are in the order in which the type encodes them. An optional that is nil is left out where the type leaves
  /// it out (as synthesised code does).
  ///
  /// - Throws: ``VectorStoreError/Code/encodingFailed`` with the path, for a NaN or an infinity; errors that the value
  ///   itself throws are passed on.
  public init(encoding value: some Encodable) throws {
    do {
      self = try JSONEncoding.wrap(value, codingPath: [])
    } catch EncodingError.invalidValue(_, let context) {
      throw VectorStoreError(
        .encodingFailed, context.debugDescription, context: [.path: JSONPath(coding: context.codingPath).description])
    }
  }
}

extension JSONPath {
  init(coding path: [any CodingKey]) {
    self.init(path.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) })
  }
}

extension VectorStoreError {
  fileprivate init(decoding error: DecodingError) {
    let (message, context): (String, DecodingError.Context) =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        (context.debugDescription, context)
      case .keyNotFound(let key, let context): ("the member \"\(key.stringValue)\" is missing", context)
      @unknown default: ("the value does not fit", DecodingError.Context(codingPath: [], debugDescription: ""))
      }
    self.init(.decodingFailed, message, context: [.path: JSONPath(coding: context.codingPath).description])
  }
}

/// A key of a container or a place in an array.
struct JSONCodingKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
  init(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}

extension JSONValue: Codable {
  /// From any decoder. One that is not of this library, such as Foundation's `JSONDecoder`, does not tell 1.0 from 1: a
  /// whole number becomes an integer.
  public init(from decoder: any Decoder) throws {
    if let own = decoder as? JSONDecoding {
      self = own.value
      return
    }
    if let keyed = try? decoder.container(keyedBy: JSONCodingKey.self) {
      self = .object(
        JSONObject(try keyed.allKeys.map { ($0.stringValue, try keyed.decode(JSONValue.self, forKey: $0)) }))
      return
    }
    if var list = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !list.isAtEnd { elements.append(try list.decode(JSONValue.self)) }
      self = .array(elements)
      return
    }
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? single.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? single.decode(Double.self) {
      self = .double(value)
    } else {
      self = .string(try single.decode(String.self))
    }
  }

  /// To any encoder. One that is not of this library gets a number beyond Int64 and Double as the nearest Double, or an
  /// error beyond its range.
  public func encode(to encoder: any Encoder) throws {
    if let own = encoder as? JSONEncoding {
      own.result.value = self
      return
    }
    switch self {
    case .object(let object):
      var container = encoder.container(keyedBy: JSONCodingKey.self)
      for (key, value) in object { try container.encode(value, forKey: JSONCodingKey(stringValue: key)) }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    default:
      var container = encoder.singleValueContainer()
      switch self {
      case .bool(let value): try container.encode(value)
      case .integer(let value): try container.encode(value)
      case .double(let value): try container.encode(value)
      case .string(let value): try container.encode(value)
      case .number(let number):
        guard let value = Double(number.literal), value.isFinite else {
          throw EncodingError.invalidValue(
            number, .init(codingPath: encoder.codingPath, debugDescription: "\(number) is beyond the range of a Double")
          )
        }
        try container.encode(value)
      default: try container.encodeNil()
      }
    }
  }
}
