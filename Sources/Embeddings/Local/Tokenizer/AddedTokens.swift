// SPDX-License-Identifier: Apache-2.0

/// Splits a text at added tokens: the leftmost first, of several at one place the longest.
struct AddedTokens: Sendable {
  /// A part of a text: between tokens, or a token.
  enum Part {
    case text(Range<Int>)
    case token(Int32)
  }

  private let tokens: [AddedToken]
  /// Whether a token begins with a byte.
  private let beginsToken: [Bool]

  init(_ tokens: [AddedToken]) {
    self.tokens = tokens.filter { !$0.content.isEmpty }
    var begins = [Bool](repeating: false, count: 256)
    for token in self.tokens { begins[Int(token.content[0])] = true }
    beginsToken = begins
  }

  /// Calls `body` with each part, until it returns false.
  func forEachPart(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Part) -> Bool) {
    guard !tokens.isEmpty else {
      if !bytes.isEmpty { _ = body(.text(0..<bytes.count)) }
      return
    }
    var partStart = 0
    var index = 0
    while index < bytes.count {
      guard beginsToken[Int(bytes[index])], let token = longest(bytes, at: index) else {
        index += 1
        continue
      }
      var (start, end) = (index, index + token.content.count)
      index = end
      if token.isSingleWord, Self.isWord(before: start, bytes) || Self.isWord(at: end, bytes) { continue }
      if token.stripsLeft { while start > partStart, let before = Self.spaceStart(start, bytes) { start = before } }
      if token.stripsRight { while let after = Self.spaceEnd(end, bytes) { end = after } }
      start = max(start, partStart)
      if partStart < start, !body(.text(partStart..<start)) { return }
      if !body(.token(token.id)) { return }
      partStart = end
      index = max(index, end)
    }
    if partStart < bytes.count { _ = body(.text(partStart..<bytes.count)) }
  }

  private func longest(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> AddedToken? {
    var best: AddedToken?
    for token in tokens where token.content.count > best?.content.count ?? 0 {
      if bytes[index...].starts(with: token.content) { best = token }
    }
    return best
  }

  private static func scalar(before end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> (scalar: UInt32, start: Int)? {
    guard end > 0 else { return nil }
    var start = end - 1
    while start > 0, !UTF8Scalars.begins(bytes[start]) { start -= 1 }
    var index = start
    return (UTF8Scalars.next(bytes, &index), start)
  }

  private static func isWord(before end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    scalar(before: end, bytes).map { isWord($0.scalar) } ?? false
  }

  private static func isWord(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start < bytes.count else { return false }
    var index = start
    return isWord(UTF8Scalars.next(bytes, &index))
  }

  /// Where the whitespace character that ends at `end` begins; nil if it is none.
  private static func spaceStart(_ end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    scalar(before: end, bytes).flatMap { isSpace($0.scalar) ? $0.start : nil }
  }

  /// Where the whitespace character that begins at `start` ends; nil if it is none.
  private static func spaceEnd(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard start < bytes.count else { return nil }
    var index = start
    return isSpace(UTF8Scalars.next(bytes, &index)) ? index : nil
  }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isWhitespace ?? false
  }

  /// `\w` of regular expressions (Unicode Technical Standard 18, annex C).
  private static func isWord(_ scalar: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }
}
