// SPDX-License-Identifier: Apache-2.0

/// A string as a key that is compared by its bytes of UTF-8, never by canonical equivalence.
struct ByteKeyed: Hashable {
  private let string: String

  init(_ string: String) { self.string = string }

  static func == (a: ByteKeyed, b: ByteKeyed) -> Bool { a.string.utf8.elementsEqual(b.string.utf8) }

  func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
