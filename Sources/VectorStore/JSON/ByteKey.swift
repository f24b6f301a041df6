// SPDX-License-Identifier: Apache-2.0

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
