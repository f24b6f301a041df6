// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A JSON object of a model folder, read key by key with errors that name the file, the key and what was expected.
struct ConfigurationFile {
  /// The file's name in its folder.
  let name: String
  /// What is in it.
  let object: JSONObject

  /// - Throws: ``VectorStoreError/Code/corrupt`` unless `value` is an object.
  init(name: String, value: JSONValue) throws {
    guard let object = value.objectValue else {
      throw ModelError.corrupt(name, "expected a JSON object, not \(value.kindDescription)")
    }
    self.name = name
    self.object = object
  }

  /// The value of a key; a null is as good as none.
  func value(_ key: String) -> JSONValue? { object[key].flatMap { $0.isNull ? nil : $0 } }

  /// The whole number under `key`, nil where there is none.
  func integerIfPresent(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = value.integerValue, let integer = Int(exactly: number), range.contains(integer) else {
      throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
    }
    return integer
  }

  /// The whole number under `key`.
  func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    guard let integer = try integerIfPresent(key, in: range) else { throw missing(key, "a whole number") }
    return integer
  }

  /// The number under `key`, nil where there is none.
  func numberIfPresent(_ key: String) throws -> Double? {
    switch value(key) {
    case nil: nil
    case .double(let number): number
    case .integer(let number): Double(number)
    case let value?: throw wrong(key, "a number", value)
    }
  }

  /// The string under `key`, nil where there is none.
  func stringIfPresent(_ key: String) throws -> String? {
    guard let value = value(key) else { return nil }
    guard let string = value.stringValue else { throw wrong(key, "a string", value) }
    return string
  }

  /// The string under `key`.
  func string(_ key: String) throws -> String {
    guard let string = try stringIfPresent(key) else { throw missing(key, "a string") }
    return string
  }

  /// The boolean under `key`, nil where there is none.
  func boolIfPresent(_ key: String) throws -> Bool? {
    guard let value = value(key) else { return nil }
    guard let bool = value.boolValue else { throw wrong(key, "true or false", value) }
    return bool
  }

  /// The object under `key`, nil where there is none.
  func objectIfPresent(_ key: String) throws -> ConfigurationFile? {
    guard let value = value(key) else { return nil }
    guard value.objectValue != nil else { throw wrong(key, "an object", value) }
    return try ConfigurationFile(name: name, value: value)
  }

  /// The elements under `key`, nil where there are none.
  func arrayIfPresent(_ key: String) throws -> [JSONValue]? {
    guard let value = value(key) else { return nil }
    guard let array = value.arrayValue else { throw wrong(key, "an array", value) }
    return array
  }

  /// An error for a value that is not what it should be.
  func wrong(_ key: String, _ expected: String, _ value: JSONValue) -> VectorStoreError {
    let found =
      switch value {
      case .object, .array: value.kindDescription
      default: String(value.description.prefix(80))
      }
    return ModelError.corrupt(name, "\"\(key)\" is \(found); expected \(expected)").adding([.key: key])
  }

  /// An error for a key that should be there.
  func missing(_ key: String, _ expected: String) -> VectorStoreError {
    ModelError.corrupt(name, "\"\(key)\" is missing; expected \(expected)").adding([.key: key])
  }
}
