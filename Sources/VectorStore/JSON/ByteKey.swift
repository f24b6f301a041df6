// SPDX-License-Identifier: Apache-2.0

/// A string that is equal to another only byte by byte; for keys of dictionaries.
package struct ByteKey: Hashable {
  package let text: String
  package init(_ text: String) { self.text = text }

  package static func == (a: ByteKey, b: ByteKey) -> Bool { ByteOrder.equal(a.text, b.text) }

  package func hash(into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if hashed == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
    hasher.combine(UInt8(0xFF))
  }
}
