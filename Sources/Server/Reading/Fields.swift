// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The members of an object that a request holds, checked while they are read: what is wrong is said with its place.
/// A null is a member that is not there.
struct Fields {
  let object: JSONObject
  /// Where the object is; empty for the body itself.
  let place: String

  /// The members of a value, which has to be an object with no other keys than these.
  init(_ value: JSONValue, at place: String = "", keys: Set<String>) throws {
    guard case .object(let object) = value else {
      throw Problem(
        .invalidRequest, "an object was expected\(place.isEmpty ? "" : " at \(place)"), not \(value.kindDescription)",
        path: place.isEmpty ? nil : place)
    }
    self.object = object
    self.place = place
    for key in object.keys where !keys.contains(key) {
      throw Problem.member(path(key), "is not known here; there are \(keys.sorted().joined(separator: ", "))")
    }
  }

  /// The members of an object whose keys are known here.
  init(known object: JSONObject) {
    self.object = object
    place = ""
  }

  /// The place of a member.
  func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

  subscript(key: String) -> JSONValue? {
    guard let value = object[key], !value.isNull else { return nil }
    return value
  }

  func string(_ key: String) throws -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.stringValue else { throw wrong(key, "a string", value) }
    return text
  }

  func flag(_ key: String) throws -> Bool? {
    guard let value = self[key] else { return nil }
    guard let flag = value.boolValue else { throw wrong(key, "true or false", value) }
    return flag
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = self[key] else { return nil }
    let whole: Int? =
      switch value {
      case .integer(let number): Int(exactly: number)
      case .double(let number): Int(exactly: number)
      default: nil
      }
    guard let whole, range.contains(whole) else {
      throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
    }
    return whole
  }

  func number(_ key: String) throws -> Double? {
    guard let value = self[key] else { return nil }
    switch value {
    case .integer(let number): return Double(number)
    case .double(let number): return number
    case .number(let number):
      guard let double = Double(number.literal), double.isFinite else { throw wrong(key, "a number of 64 bits", value) }
      return double
    default: throw wrong(key, "a number", value)
    }
  }

  func object(_ key: String) throws -> JSONObject? {
    guard let value = self[key] else { return nil }
    guard let object = value.objectValue else { throw wrong(key, "an object", value) }
    return object
  }

  func array(_ key: String, limit: Int) throws -> [JSONValue]? {
    guard let value = self[key] else { return nil }
    guard let elements = value.arrayValue else { throw wrong(key, "an array", value) }
    guard elements.count <= limit else {
      throw Problem.member(path(key), "has \(elements.count) elements; there may be \(limit)")
    }
    return elements
  }

  func strings(_ key: String, limit: Int) throws -> [String]? {
    try array(key, limit: limit)?.enumerated().map { row, value in
      guard let text = value.stringValue else {
        throw Problem.member("\(path(key))[\(row)]", "is a string, not \(value.kindDescription)")
      }
      return text
    }
  }

  func vector(_ key: String) throws -> [Float]? {
    guard let elements = try array(key, limit: 65_536) else { return nil }
    var vector: [Float] = []
    vector.reserveCapacity(elements.count)
    for (row, element) in elements.enumerated() {
      guard let number = Float(nearest: element) else {
        throw Problem.member("\(path(key))[\(row)]", "is a number of 32 bits, not \(element.kindDescription)")
      }
      vector.append(number)
    }
    return vector
  }

  /// - Parameter limit: how many parts it may have.
  func filter(_ key: String, limit: Int) throws -> Filter? {
    guard let value = self[key] else { return nil }
    guard FilterSize(value).fits(limit) else {
      throw Problem.member(path(key), "is too large: a filter may have \(limit) values, objects and lists")
    }
    do {
      return try Filter(eitherForm: value)
    } catch let error as VectorStoreError {
      throw Problem(error).at(path(key))
    }
  }

  private func wrong(_ key: String, _ expected: String, _ value: JSONValue) -> Problem {
    let given =
      switch value {
      case .integer, .double, .number, .bool: value.description
      default: value.kindDescription
      }
    return Problem.member(path(key), "is \(expected), not \(given)")
  }
}
