// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Vectors as people and programs write them.
enum VectorText {
  /// The vector of a JSON array of numbers.
  static func vector(parsing text: String) throws -> [Float] {
    do {
      return try vector(JSONValue(parsing: text))
    } catch let error as VectorStoreError {
      throw CommandError.usage("--vector is no JSON array of numbers: \(error.message)")
    } catch let fault as FileFault {
      throw CommandError.usage("--vector: \(fault)")
    }
  }

  /// The vector of a JSON value.
  static func vector(_ json: JSONValue) throws -> [Float] {
    guard let elements = json.arrayValue, !elements.isEmpty else {
      throw FileFault("a vector is an array of numbers, such as [0.1, 0.2]")
    }
    return try elements.enumerated().map { place, element in
      let value: Float? =
        switch element {
        case .integer(let number): Float(number)
        case .double(let number): Float(number)
        case .number(let number): Float(number.literal)
        default: nil
        }
      guard let value, value.isFinite else { throw FileFault("element \(place) of the vector is no number of 32 bits") }
      return value
    }
  }
}
