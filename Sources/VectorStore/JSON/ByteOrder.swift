// SPDX-License-Identifier: Apache-2.0

/// Strings as databases see them: bytes of UTF-8 (`COLLATE "C"`). Swift's own `==` and `<` fold canonical equivalents,
/// so that
/// "é" in one scalar would equal "é" in two.
package enum ByteOrder {
  package static func equal(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    let same = a.utf8.withContiguousStorageIfAvailable { a in
      b.utf8.withContiguousStorageIfAvailable { b in a.elementsEqual(b) }
    }
    if let same, let same { return same }
    return a.utf8.elementsEqual(b.utf8)
  }

  package static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  static func compare(_ a: String, _ b: String) -> Ordering {
    if equal(a, b) { return .same }
    return precedes(a, b) ? .ascending : .descending
  }
}
