// SPDX-License-Identifier: Apache-2.0

/// Strings as databases see them: bytes of UTF-8 (`COLLATE "C"`). Swift's own `==` and `<` fold canonical equivalents, so that
/// "é" in one scalar would equal "é" in two.
enum ByteOrder {
  static func equal(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  static func compare(_ a: String, _ b: String) -> Ordering {
    if equal(a, b) { return .same }
    return precedes(a, b) ? .ascending : .descending
  }
}

/// A string that is equal to another only byte by byte; for keys of dictionaries.
struct ByteKey: Hashable {
  let text: String
  init(_ text: String) { self.text = text }

  static func == (a: ByteKey, b: ByteKey) -> Bool { ByteOrder.equal(a.text, b.text) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xFF))
  }
}

/// How one value stands to another.
enum Ordering: Sendable {
  case ascending, same, descending

  var reversed: Ordering {
    switch self {
    case .ascending: .descending
    case .same: .same
    case .descending: .ascending
    }
  }

  static func of<T: Comparable>(_ a: T, _ b: T) -> Ordering { a < b ? .ascending : (a == b ? .same : .descending) }
}
