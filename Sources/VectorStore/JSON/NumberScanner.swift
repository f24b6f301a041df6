// SPDX-License-Identifier: Apache-2.0

/// Reads one number by JSON's grammar and gives it the narrowest type that keeps its value.
struct NumberScanner {
  let bytes: [UInt8]
  var position: Int

  /// What is wrong with a number.
  struct Fault: Error {
    let message: String
    let offset: Int
  }

  /// - An integer without fraction and exponent is an Int64 where it fits; `-0` is the Double −0.0, since an Int64 has
  ///   no such number.
  /// - Any other number is a Double if the Double's shortest decimal is the same number, so that it can be written
  ///   again without loss.
  /// - Else it keeps its literal.
  mutating func scan() -> Result<JSONValue, Fault> {
    let start = position
    let isNegative = take("-")
    let integer = digits()
    guard integer > 0 else { return fault("a digit was expected") }
    if integer > 1, bytes[start + (isNegative ? 1 : 0)] == UInt8(ascii: "0") {
      return .failure(Fault(message: "a number has no leading zeros", offset: start))
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard digits() > 0 else { return fault("a digit was expected after the decimal point") }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { return fault("a digit was expected in the exponent") }
    }
    let literal = String(decoding: bytes[start..<position], as: UTF8.self)
    return .success(Self.value(literal, isInteger: isInteger))
  }

  private static func value(_ literal: String, isInteger: Bool) -> JSONValue {
    if isInteger, literal != "-0", let integer = Int64(literal) { return .integer(integer) }
    if isInteger, literal != "-0" { return .number(JSONNumber(checked: literal)) }
    guard let double = Double(literal), double.isFinite else { return .number(JSONNumber(checked: literal)) }
    if isShort(literal, double) { return .double(double) }
    let same = ExactDecimal(literal: literal) == ExactDecimal(literal: double.description)
    return same ? .double(double) : .number(JSONNumber(checked: literal))
  }

  /// Whether a Double keeps any number of so few digits: 15 survive the way there and back (`DBL_DIG`), away from the ends
  /// of Double's range.
  private static func isShort(_ literal: String, _ double: Double) -> Bool {
    let digits = literal.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    return digits.count <= 15 && (1e-290...1e290).contains(double.magnitude)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    return position - start
  }

  private func fault(_ message: String) -> Result<JSONValue, Fault> {
    .failure(Fault(message: message, offset: position))
  }
}
