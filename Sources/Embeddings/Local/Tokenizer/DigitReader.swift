// SPDX-License-Identifier: Apache-2.0

/// Reads the numbers of a generated table: five bits a character, from the lowest on; the sixth says that more follow.
struct DigitReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ text: StaticString) {
    bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// The next number, nil at the end.
  mutating func next() -> Int? {
    var number = 0
    var shift = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      // Line ends and the indentation of the literal.
      guard byte >= 48 else { continue }
      number |= (Int(byte - 48) % 32) << shift
      if byte < 48 + 32 { return number }
      shift += 5
    }
    return nil
  }
}
