// SPDX-License-Identifier: Apache-2.0

/// Text as a browser lays it out: white space is one space, and separators between blocks appear only between texts.
struct FlowText {
  private enum Gap: Int {
    case none, space, cell, line, paragraph

    var bytes: [UInt8] {
      switch self {
      case .none: []
      case .space: Array(" ".utf8)
      case .cell: Array("\t".utf8)
      case .line: Array("\n".utf8)
      case .paragraph: Array("\n\n".utf8)
      }
    }
  }

  private var bytes: [UInt8] = []
  /// What goes before the next text.
  private var gap = Gap.none

  /// Appends text in UTF-8, its white space as it is where it is preformatted.
  mutating func append(_ text: [UInt8], isPreformatted: Bool) {
    for byte in text {
      if !isPreformatted, byte == 0x20 || (0x09...0x0D).contains(byte) {
        separate(.space)
      } else {
        if gap != .none {
          if !bytes.isEmpty { bytes.append(contentsOf: gap.bytes) }
          gap = .none
        }
        bytes.append(byte)
      }
    }
  }

  /// The next text is the next cell of a table's row.
  mutating func breakCell() { separate(.cell) }
  /// The next text begins a line.
  mutating func breakLine() { separate(.line) }
  /// The next text begins a paragraph.
  mutating func breakParagraph() { separate(.paragraph) }

  /// The text up to here, without white space around it; begins anew.
  mutating func take() -> String {
    defer { self = FlowText() }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  private mutating func separate(_ wanted: Gap) {
    if wanted.rawValue > gap.rawValue { gap = wanted }
  }
}
