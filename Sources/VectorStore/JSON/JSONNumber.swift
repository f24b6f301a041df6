// SPDX-License-Identifier: Apache-2.0

/// A JSON number that neither an Int64 nor a Double holds without loss, kept as it was written: 18446744073709551616,
/// 1e400, or a decimal
/// with more digits than a Double's.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
  /// The number as it was written.
  public let literal: String

  /// For the parser, which has checked the grammar.
  package init(checked literal: String) { self.literal = literal }

  /// A number from a text that is a JSON number (RFC 8259 §6), as an Int64 or a Double where one of them holds it; nil
  /// for other text.
  public static func value(of text: String) -> JSONValue? {
    var scanner = NumberScanner(bytes: Array(text.utf8), position: 0)
    guard case .success(let value) = scanner.scan(), scanner.position == scanner.bytes.count else { return nil }
    return value
  }

  /// Whether both are the same, strings by their bytes.
  public static func == (a: JSONNumber, b: JSONNumber) -> Bool { ByteOrder.equal(a.literal, b.literal) }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(ByteKey(literal)) }

  /// A text for people.
  public var description: String { literal }
}
