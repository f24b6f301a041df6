// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// JSON for a `json` or `jsonb` column.
enum JSONBText {
  /// The text. In `jsonb` a number is a `numeric`, which forgets how it was written but for its decimals, so that a Double
  /// without a fraction is written with one: 1e16 as 10000000000000000.0, else it would come back as an integer.
  static func serialized(_ value: JSONValue, isBinary: Bool) throws -> String {
    try (isBinary ? positional(value) : value).serialized()
  }

  private static func positional(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let number):
      guard number.isFinite, number.magnitude >= 1e15, number == number.rounded() else { return value }
      return .number(JSONNumber(checked: wholeNumberText(number) + ".0"))
    case .array(let elements): return .array(elements.map { positional($0) })
    case .object(let members):
      return .object(JSONObject(members.map { (key: $0.key, value: positional($0.value)) }))
    default: return value
    }
  }

  /// The digits of a Double's shortest decimal without an exponent.
  private static func wholeNumberText(_ number: Double) -> String {
    let parts = number.description.split(separator: "e")
    guard parts.count == 2, let power = Int(parts[1]) else {
      return String(number.description.prefix { $0 != "." })
    }
    let isNegative = parts[0].hasPrefix("-")
    let pieces = parts[0].drop { $0 == "-" }.split(separator: ".")
    let fraction = pieces.count > 1 && pieces[1] != "0" ? String(pieces[1]) : ""
    let digits = (pieces.first.map(String.init) ?? "") + fraction
    return (isNegative ? "-" : "") + digits + String(repeating: "0", count: max(0, power - fraction.utf8.count))
  }
}
