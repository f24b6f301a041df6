// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps what was written: 1 is an integer, 1.0 a Double, 2⁵³+1 itself, and a number that neither
/// type holds its literal.
///
/// Equality is that of the value and its type: `.integer(1)` and `.double(1)` differ, −0.0 and 0.0 differ, strings
/// compare by their bytes of
/// UTF-8, and the order of an object's members does not count. ``Filter`` compares numbers across their types instead.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// A number beyond Int64 and Double.
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The member of an object; nil for a missing member and for a value that is no object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  /// What kind of value it is, in words for an error message.
  public var kindDescription: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer, .double, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Whether it is null.
  public var isNull: Bool { if case .null = self { true } else { false } }

  /// The string, nil for another kind.
  public var stringValue: String? { if case .string(let value) = self { value } else { nil } }

  /// The boolean, nil for another kind; a number is no boolean.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The integer, nil for another kind, and for a Double even if it is whole.
  public var integerValue: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// The elements, nil for another kind.
  public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

  /// The members, nil for another kind.
  public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }
}

extension JSONValue: Hashable {
  /// Whether both are the same, strings by their bytes.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): ByteOrder.equal(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.bitPattern)
    case .number(let value): hasher.combine(value)
    case .string(let value): hasher.combine(ByteKey(value))
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

// Not by nil: `condition ? nil : value` would be null where a missing value is meant.
extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// The value of a literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// The value of a literal.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// The value of a literal.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// The value of a literal.
  public init(stringLiteral value: String) { self = .string(value) }
  /// The value of a literal.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// The value of a literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
  }
}

extension JSONValue: CustomStringConvertible {
  /// The JSON text; for a value that has none (a NaN within), a description of it. For people and logs only.
  public var description: String {
    (try? serialized()) ?? "a JSON value that cannot be written"
  }
}
