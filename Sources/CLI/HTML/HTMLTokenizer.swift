// SPDX-License-Identifier: Apache-2.0

/// Cuts the source of a page into tags and text. It takes whatever it is given: what is no tag is text.
///
/// A small part of WHATWG's tokenizer: comments, declarations and the contents of scripts and styles are passed over;
/// titles and text areas hold text only.
struct HTMLTokenizer {
  private static let hiddenElements: Set<String> = ["script", "style", "iframe", "noembed", "noframes", "template"]
  private static let textElements: Set<String> = ["title", "textarea", "xmp"]

  let bytes: [UInt8]
  /// Where the next token begins.
  var place = 0
  /// The element that holds text only and has been opened.
  private var textElement: String?

  /// A tokenizer of a page in UTF-8.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next token; nil at the end.
  mutating func next() -> HTMLToken? {
    while place < bytes.count {
      if let name = textElement {
        textElement = nil
        let end = self.end(of: name)
        let text = Array(bytes[place..<end])
        place = end
        if !text.isEmpty { return .text(name == "xmp" ? text : HTMLReferences.resolve(text)) }
      }
      if let token = markup() { return token }
      // Neither tag nor comment here: text up to the next "<".
      guard place < bytes.count else { return nil }
      if startsMarkup(at: place) { continue }
      let start = place
      place += 1
      while place < bytes.count, !startsMarkup(at: place) { place += 1 }
      return .text(HTMLReferences.resolve(Array(bytes[start..<place])))
    }
    return nil
  }

  /// The byte at a place, 0 beyond the end.
  func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  /// Whether a tag, a comment or a declaration begins here; any other "<" is text.
  private func startsMarkup(at place: Int) -> Bool {
    guard byte(place) == UInt8(ascii: "<") else { return false }
    let next = byte(place + 1)
    return next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || Self.isLetter(next)
      || (next == UInt8(ascii: "/") && Self.isLetter(byte(place + 2)))
  }

  /// The tag at the place, and the place behind it; nil where there is none, or one that is passed over.
  private mutating func markup() -> HTMLToken? {
    guard startsMarkup(at: place) else { return nil }
    switch byte(place + 1) {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      skipDeclaration()
      return nil
    case UInt8(ascii: "/"):
      place += 2
      let name = self.name()
      _ = attributes()
      return .close(name)
    default:
      place += 1
      let name = self.name()
      let attributes = self.attributes()
      if Self.hiddenElements.contains(name) {
        place = end(of: name)
        return nil
      }
      if Self.textElements.contains(name) { textElement = name }
      return .open(name, attributes: attributes)
    }
  }

  private mutating func skipDeclaration() {
    if byte(place + 2) == UInt8(ascii: "-"), byte(place + 3) == UInt8(ascii: "-") {
      // A comment that is never closed hides the rest of the page, as in browsers.
      place += 4
      while place < bytes.count {
        if byte(place) == UInt8(ascii: ">"), byte(place - 1) == UInt8(ascii: "-"), byte(place - 2) == UInt8(ascii: "-")
        {
          break
        }
        place += 1
      }
    } else {
      while place < bytes.count, byte(place) != UInt8(ascii: ">") { place += 1 }
    }
    place = min(place + 1, bytes.count)
  }

  private mutating func name() -> String {
    let start = place
    while place < bytes.count, !Self.isSpace(byte(place)), byte(place) != UInt8(ascii: ">"),
      byte(place) != UInt8(ascii: "/")
    {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
  }

  /// Where the end tag of an element begins that holds no tags; the end of the page where there is none.
  private func end(of name: String) -> Int {
    let pattern = Array("</\(name)".utf8)
    var start = place
    while start + pattern.count <= bytes.count {
      let isMatch = pattern.indices.allSatisfy { offset in
        let byte = bytes[start + offset]
        return (Self.isLetter(byte) ? byte | 0x20 : byte) == pattern[offset]
      }
      if isMatch, !Self.isLetter(byte(start + pattern.count)) { return start }
      start += 1
    }
    return bytes.count
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
