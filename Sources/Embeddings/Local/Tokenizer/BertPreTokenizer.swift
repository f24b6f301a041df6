// SPDX-License-Identifier: Apache-2.0

/// Cuts normalized text into words: at whitespace, which is dropped, and around each punctuation character.
enum BertPreTokenizer {
  /// Calls `body` with each word, until it returns false.
  @inline(__always)
  static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) {
    let table = UnicodeTable.shared
    var wordStart = 0
    var index = 0
    while index < bytes.count {
      let start = index
      let flags = table.flags(UTF8Scalars.next(bytes, &index))
      if flags.isDisjoint(with: [.whitespace, .punctuation]) { continue }
      if wordStart < start, !body(UnsafeBufferPointer(rebasing: bytes[wordStart..<start])) { return }
      if flags.contains(.punctuation), !body(UnsafeBufferPointer(rebasing: bytes[start..<index])) { return }
      wordStart = index
    }
    if wordStart < bytes.count { _ = body(UnsafeBufferPointer(rebasing: bytes[wordStart...])) }
  }
}
